// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/file_types.hpp"
#include "ferry/core/detail/text.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL file_type file_type_of(std::string_view name) {
    struct row {
        content_class as;
        std::string_view media_type;
        std::string_view extensions;
    };
    // Media types as IANA has registered them, else as browsers and Python have them. Extensions that several
    // kinds of files have (`key`: of Apple's, or in PEM) have none.
    // clang-format off
    static constexpr row rows[] = {
        {content_class::html, "text/html", " htm html shtml "},
        {content_class::html, "", " mht mhtml "},
        {content_class::html, "application/xhtml+xml", " xht xhtml "},
        {content_class::json, "application/json", " json "},
        {content_class::json, "application/jsonl", " jsonl "},
        {content_class::json, "application/x-ndjson", " ndjson "},
        {content_class::json, "application/geo+json", " geojson "},
        {content_class::json, "application/x-ipynb+json", " ipynb "},
        {content_class::xml, "application/xml", " xml xsd xsl "},
        {content_class::xml, "application/xslt+xml", " xslt "},
        {content_class::xml, "application/atom+xml", " atom "},
        {content_class::xml, "application/rss+xml", " rss "},
        {content_class::xml, "application/gpx+xml", " gpx "},
        {content_class::xml, "application/vnd.google-earth.kml+xml", " kml "},
        {content_class::xml, "image/svg+xml", " svg "},
        {content_class::text, "text/plain", " ini log text txt "},
        {content_class::text, "text/csv", " csv "},
        {content_class::text, "text/markdown", " markdown md "},
        {content_class::text, "text/tab-separated-values", " tsv "},
        {content_class::text, "text/x-rst", " rst "},
        {content_class::text, "application/toml", " toml "},
        {content_class::text, "application/x-tex", " tex "},
        {content_class::text, "application/yaml", " yaml yml "},
        {content_class::other, "", " avro bin dll exe iso key so "},
        {content_class::other, "application/pdf", " pdf "},
        {content_class::other, "application/rtf", " rtf "},
        {content_class::other, "application/postscript", " ps "},
        {content_class::other, "application/epub+zip", " epub "},
        {content_class::other, "message/rfc822", " eml "},
        {content_class::other, "application/msword", " doc "},
        {content_class::other, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", " docx "},
        {content_class::other, "application/vnd.ms-word.document.macroEnabled.12", " docm "},
        {content_class::other, "application/vnd.ms-excel", " xls "},
        {content_class::other, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", " xlsx "},
        {content_class::other, "application/vnd.ms-excel.sheet.macroEnabled.12", " xlsm "},
        {content_class::other, "application/vnd.ms-excel.sheet.binary.macroEnabled.12", " xlsb "},
        {content_class::other, "application/vnd.ms-powerpoint", " ppt "},
        {content_class::other, "application/vnd.openxmlformats-officedocument.presentationml.presentation", " pptx "},
        {content_class::other, "application/vnd.ms-powerpoint.presentation.macroEnabled.12", " pptm "},
        {content_class::other, "application/vnd.ms-outlook", " msg "},
        {content_class::other, "application/vnd.oasis.opendocument.text", " odt "},
        {content_class::other, "application/vnd.oasis.opendocument.spreadsheet", " ods "},
        {content_class::other, "application/vnd.oasis.opendocument.presentation", " odp "},
        {content_class::other, "application/vnd.apple.pages", " pages "},
        {content_class::other, "application/vnd.apple.numbers", " numbers "},
        {content_class::other, "application/vnd.apache.parquet", " parquet "},
        {content_class::other, "image/avif", " avif "},
        {content_class::other, "image/bmp", " bmp "},
        {content_class::other, "image/gif", " gif "},
        {content_class::other, "image/heic", " heic "},
        {content_class::other, "image/jpeg", " jpeg jpg "},
        {content_class::other, "image/png", " png "},
        {content_class::other, "image/tiff", " tif tiff "},
        {content_class::other, "image/vnd.adobe.photoshop", " psd "},
        {content_class::other, "image/vnd.microsoft.icon", " ico "},
        {content_class::other, "image/webp", " webp "},
        {content_class::other, "audio/flac", " flac "},
        {content_class::other, "audio/mp4", " m4a "},
        {content_class::other, "audio/mpeg", " mp3 "},
        {content_class::other, "audio/ogg", " ogg "},
        {content_class::other, "audio/wav", " wav "},
        {content_class::other, "video/matroska", " mkv "},
        {content_class::other, "video/mp4", " mp4 "},
        {content_class::other, "video/mpeg", " mpeg mpg "},
        {content_class::other, "video/quicktime", " mov "},
        {content_class::other, "video/webm", " webm "},
        {content_class::other, "video/x-msvideo", " avi "},
        {content_class::other, "font/otf", " otf "},
        {content_class::other, "font/ttf", " ttf "},
        {content_class::other, "font/woff", " woff "},
        {content_class::other, "font/woff2", " woff2 "},
        {content_class::other, "application/gzip", " gz tgz "},
        {content_class::other, "application/java-archive", " jar "},
        {content_class::other, "application/vnd.rar", " rar "},
        {content_class::other, "application/x-7z-compressed", " 7z "},
        {content_class::other, "application/x-bzip2", " bz2 "},
        {content_class::other, "application/x-tar", " tar "},
        {content_class::other, "application/x-xz", " xz "},
        {content_class::other, "application/zip", " zip "},
        {content_class::other, "application/zstd", " zst "},
    };
    // clang-format on
    auto const dot = name.find_last_of("./");
    if (dot == std::string_view::npos || name[dot] == '/') return {};
    auto const extension = " " + lower(name.substr(dot + 1)) + " ";
    if (extension.size() < 3 || extension.find(' ', 1) + 1 != extension.size()) return {};
    auto const* const found = std::find_if(std::begin(rows), std::end(rows), [&](row const& one) {
        return one.extensions.find(extension) != std::string_view::npos;
    });
    return found == std::end(rows) ? file_type{} : file_type{found->as, found->media_type};
}

}  // namespace ferry::detail
