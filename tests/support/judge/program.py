"""A program that reads JSON texts as models of a description, checks them and writes them back."""
import concurrent.futures
import decimal
import json
import os
import pathlib
import subprocess

here = pathlib.Path(__file__).parent


def moved(schema, root):
    """The schema as it stands in an OpenAPI description: references begin at its new place."""
    if isinstance(schema, list):
        return [moved(one, root) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {}
    for key, value in schema.items():
        if key == '$ref' and isinstance(value, str):
            made[key] = root + value[1:]
        elif key in ('enum', 'const', 'default', 'examples'):
            made[key] = value
        elif key != '$schema' or not isinstance(value, str):
            made[key] = moved(value, root)
    return made


def canonical(value):
    """Equal for what JSON Schema calls equal."""
    if isinstance(value, dict):
        return {key: canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [canonical(inner) for inner in value]
    return ('number', value.normalize()) if isinstance(value, decimal.Decimal) else (type(value).__name__, value)


def parsed(text):
    return json.loads(text, parse_int=decimal.Decimal, parse_float=decimal.Decimal)


def lost(before, after, pointer=''):
    """Where they differ: (pointer, name of a member that is gone or None, what was there)."""
    if isinstance(before, dict) and isinstance(after, dict):
        found = [(pointer, key, value) for key, value in before.items() if key not in after]
        found += [(f'{pointer}/{key}', None, None) for key in after if key not in before]
        for key in before:
            if key in after:
                found += lost(before[key], after[key], f'{pointer}/{key}')
        return found
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [one for i, pair in enumerate(zip(before, after)) for one in lost(*pair, f'{pointer}/{i}')]
    return [] if canonical(before) == canonical(after) else [(pointer, None, before)]


class Program:
    """Generates models and validation, and compiles them with a list of those that are asked for.

    compiler: words of a command line; those that are libraries go to the linker.
    """

    def __init__(self, ferry_gen, project, compiler, folder):
        self.folder = pathlib.Path(folder)
        self.ferry_gen = ferry_gen
        libraries = [word for word in compiler if word.startswith('-l') or word.endswith('.a')]
        flags = [word for word in compiler if word not in libraries]
        self.compile = [*flags, '-O0', '-DFERRY_SEPARATE_COMPILATION', f'-I{here}', f'-I{project}/include',
                        f'-I{self.folder}/include']
        self.link = flags
        self.libraries = [*libraries, '-pthread']

    def generate(self, description, parts, namespace='judged'):
        """The lines of warnings."""
        self.namespace = namespace
        ran = subprocess.run(
            [self.ferry_gen, '--input', str(description), '--namespace', namespace, '--output', f'{self.folder}/include',
             '--sources', f'{self.folder}/sources', '--parts', str(parts), '--models-only'],
            capture_output=True, text=True)
        if ran.returncode != 0:
            raise SystemExit(f'{description} does not generate:\n{ran.stderr}')
        return [line for line in ran.stderr.splitlines() if ': warning: ' in line]

    def names(self, classes=False):
        """The C++ names of component schemas, from the lock file; those of classes only, or all."""
        lock = (self.folder / 'include' / self.namespace / 'ferry.lock').read_text(encoding='utf-8')
        made = {}
        for line in lock.splitlines():
            if line.startswith('model ') and ' = ' in line:
                name, cpp = line.removeprefix('model ').split(' = ', 1)
                cpp, _, kind = cpp.partition(': ')
                if not classes or kind in ('struct', 'enumeration') or kind.startswith('one of '):
                    made[name] = cpp
        return made

    def build(self, models, lists=4):
        """models: names that lines begin with, and C++ names."""
        sources = list((self.folder / 'sources').rglob('*.cpp')) + [here / 'main.cpp']
        names = sorted(models)
        for number in range(lists):
            source = self.folder / f'list_{number}.cpp'
            entries = ''.join(
                f'    {{"{name}", &judge::verdict<{self.namespace}::models::{models[name]}>}},\n' for name in names[number::lists])
            source.write_text(
                f'#include "judge.hpp"\n#include "{self.namespace}/validation.hpp"\n'
                f'static judge::known const models[] = {{\n{entries}}};\nstatic judge::list const those(models);\n',
                encoding='utf-8')
            if entries:
                sources.append(source)
        # The largest first, so that none is left over in the end.
        sources.sort(key=lambda one: -one.stat().st_size)
        checks = self.folder / 'checks.cpp'
        checks.write_text('#include "ferry/schema/impl/check.ipp"\n#include "ferry/schema/impl/validation.ipp"\n'
                          '#include "ferry/schema/impl/value.ipp"\n', encoding='utf-8')
        sources.append(checks)
        with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            objects = list(pool.map(self._object, sources))
        subprocess.run([*self.link, *objects, *self.libraries, '-o', f'{self.folder}/judge'], check=True)

    def _object(self, source):
        made = f'{self.folder}/{source.stem}.o'
        subprocess.run([*self.compile, '-c', str(source), '-o', made], check=True)
        return made

    def ask(self, lines):
        """For each (name, JSON text): verdict, why, what is written back."""
        text = ''.join(f'{name}\t{json}\n' for name, json in lines)
        ran = subprocess.run([f'{self.folder}/judge'], input=text, capture_output=True, text=True, encoding='utf-8')
        answers = ran.stdout.split('\n')[:-1]
        if ran.returncode != 0 or len(answers) != len(lines):
            raise SystemExit(f'the program ended with {ran.returncode} after {len(answers)} of {len(lines)} lines: {ran.stderr}')
        return [line.split('\t') for line in answers]
