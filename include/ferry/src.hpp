// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

/// \file
/// All definitions, for one source file of a program that defines FERRY_SEPARATE_COMPILATION everywhere.

#if !defined(FERRY_SEPARATE_COMPILATION)
#error "ferry/src.hpp is for programs that define FERRY_SEPARATE_COMPILATION in every source file"
#endif

#include "ferry/ferry.hpp"

#include "ferry/bulk/impl/bulk.ipp"
#include "ferry/bulk/impl/tree.ipp"
#include "ferry/core/impl/body.ipp"
#include "ferry/core/impl/call_machine.ipp"
#include "ferry/core/impl/content_decoder.ipp"
#include "ferry/core/impl/credentials.ipp"
#include "ferry/core/impl/digest.ipp"
#include "ferry/core/impl/download.ipp"
#include "ferry/core/impl/error_answer.ipp"
#include "ferry/core/impl/file_reader.ipp"
#include "ferry/core/impl/file_sink.ipp"
#include "ferry/core/impl/inflater.ipp"
#include "ferry/core/impl/json_reader.ipp"
#include "ferry/core/impl/json_writer.ipp"
#include "ferry/core/impl/multipart.ipp"
#include "ferry/core/impl/prepare.ipp"
#include "ferry/core/impl/progress_meter.ipp"
#include "ferry/core/impl/random.ipp"
#include "ferry/core/impl/resume.ipp"
#include "ferry/core/impl/retry.ipp"
#include "ferry/core/impl/server_url.ipp"
#include "ferry/core/impl/settings.ipp"
#include "ferry/core/impl/standard_engine.ipp"
#include "ferry/core/impl/time.ipp"
#include "ferry/core/impl/url.ipp"
#include "ferry/core/impl/value_text.ipp"
#include "ferry/impl/net.ipp"
#include "ferry/langflow/src.hpp"
#include "ferry/llamacloud/src.hpp"
#include "ferry/transports/impl/beast_transport.ipp"
