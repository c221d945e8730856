// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

/// \file
/// All definitions, for one source file of a program that defines FERRY_SEPARATE_COMPILATION everywhere. The
/// other files then compile declarations only. The CMake target `ferry::ferry` is that file as a library.
///
/// \par Example
/// ```cpp
/// // ferry.cpp, compiled with -DFERRY_SEPARATE_COMPILATION like all others
/// #include <ferry/src.hpp>
/// ```

#if !defined(FERRY_SEPARATE_COMPILATION)
#error "ferry/src.hpp is for programs that define FERRY_SEPARATE_COMPILATION in every source file"
#endif

#include "ferry/ferry.hpp"

#include "ferry/bulk/impl/download.ipp"
#include "ferry/bulk/impl/langflow.ipp"
#include "ferry/bulk/impl/llamacloud.ipp"
#include "ferry/bulk/impl/run.ipp"
#include "ferry/bulk/impl/tree.ipp"
#include "ferry/bulk/impl/upload.ipp"
#include "ferry/core/impl/body.ipp"
#include "ferry/core/impl/call.ipp"
#include "ferry/core/impl/digest.ipp"
#include "ferry/core/impl/error.ipp"
#include "ferry/core/impl/exceptions.ipp"
#include "ferry/core/impl/file_reader.ipp"
#include "ferry/core/impl/file_types.ipp"
#include "ferry/core/impl/folder.ipp"
#include "ferry/core/impl/headers.ipp"
#include "ferry/core/impl/server_url.ipp"
#include "ferry/engine/impl/answer_reader.ipp"
#include "ferry/engine/impl/call_machine.ipp"
#include "ferry/engine/impl/content_decoder.ipp"
#include "ferry/engine/impl/credentials.ipp"
#include "ferry/engine/impl/default_engine.ipp"
#include "ferry/engine/impl/download.ipp"
#include "ferry/engine/impl/error_answer.ipp"
#include "ferry/engine/impl/expectations.ipp"
#include "ferry/engine/impl/file_sink.ipp"
#include "ferry/engine/impl/log_mask.ipp"
#include "ferry/engine/impl/make_engine.ipp"
#include "ferry/engine/impl/multipart.ipp"
#include "ferry/engine/impl/prepare.ipp"
#include "ferry/engine/impl/progress_meter.ipp"
#include "ferry/engine/impl/random.ipp"
#include "ferry/engine/impl/resume.ipp"
#include "ferry/engine/impl/retry.ipp"
#include "ferry/engine/impl/settings.ipp"
#include "ferry/engine/impl/url.ipp"
#include "ferry/engine/impl/value_text.ipp"
#include "ferry/json/impl/decimal.ipp"
#include "ferry/json/impl/events.ipp"
#include "ferry/json/impl/parser.ipp"
#include "ferry/json/impl/reader.ipp"
#include "ferry/json/impl/timestamp.ipp"
#include "ferry/json/impl/union.ipp"
#include "ferry/json/impl/writer.ipp"
#include "ferry/langflow/src.hpp"
#include "ferry/llamacloud/src.hpp"
#include "ferry/testing/impl/memory_transport.ipp"
#include "ferry/testing/impl/received_request.ipp"
#include "ferry/transports/impl/beast_transport.ipp"
#include "ferry/transports/impl/dialer.ipp"
#include "ferry/transports/impl/exchange.ipp"
#include "ferry/transports/impl/exchange_io.ipp"
