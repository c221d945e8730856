"""A program that reads JSON texts as models of a description, checks them and writes them back."""
import concurrent.futures
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

    def names(self):
        """The C++ names of component schemas, from the lock file."""
        lock = (self.folder / 'include' / self.namespace / 'ferry.lock').read_text(encoding='utf-8')
        made = {}
        for line in lock.splitlines():
            if line.startswith('model ') and ' = ' in line:
                name, cpp = line.removeprefix('model ').split(' = ', 1)
                made[name] = cpp.split(':')[0]
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
