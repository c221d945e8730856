// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The works of the benchmark as programs do them that use libcurl with care: one easy handle for all calls,
// in sight of its documentation. upload_tuned and download_tuned use buffers of 256 KiB.

#include "work.hpp"

#include <curl/curl.h>

#include <memory>

namespace {

void must(CURLcode code) {
    if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

std::size_t append(char* data, std::size_t size, std::size_t count, void* to) {
    static_cast<std::string*>(to)->append(data, size * count);
    return size * count;
}

/// An easy handle for GET that keeps its connection and appends to a text.
class easy {
public:
    explicit easy(work::words const& words) {
        headers_ = curl_slist_append(nullptr, "Authorization: Bearer llx-benchmark");
        headers_ = curl_slist_append(headers_, "Accept: application/json");
        headers_ = curl_slist_append(headers_, "Expect:");  // else an upload waits a second for a 100
        set(CURLOPT_HTTPHEADER, headers_);
        set(CURLOPT_URL, words.url.c_str());
        set(CURLOPT_PROXY, "");
        set(CURLOPT_TIMEOUT_MS, 600000L);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_FAILONERROR, 1L);
        if (!words.ca.empty()) set(CURLOPT_CAINFO, words.ca.c_str());
        set(CURLOPT_WRITEFUNCTION, append);
        set(CURLOPT_WRITEDATA, &body);
        body.reserve(64 << 10);
    }
    ~easy() {
        curl_easy_cleanup(handle_);
        curl_slist_free_all(headers_);
    }
    easy(easy const&) = delete;

    template <class T>
    void set(CURLoption option, T value) {
        must(curl_easy_setopt(handle_, option, value));
    }
    CURL* get() const { return handle_; }
    void perform() {
        body.clear();
        must(curl_easy_perform(handle_));
    }

    std::string body;

private:
    CURL* handle_ = curl_easy_init();
    curl_slist* headers_ = nullptr;
};

void calls(work::words const& words) {
    easy handle(words);
    auto const once = [&] {
        handle.perform();
        (void)work::decode(handle.body);
    };
    work::measure(once, [&] {
        for (int i = 0; i < words.count; ++i) once();
    });
}

void in_flight(work::words const& words) {
    constexpr int at_once = 64;
    std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> const multi(curl_multi_init(), curl_multi_cleanup);
    std::vector<std::unique_ptr<easy>> handles;
    for (int i = 0; i < at_once; ++i) {
        handles.push_back(std::make_unique<easy>(words));
        handles.back()->set(CURLOPT_PRIVATE, handles.back().get());
    }
    auto const round = [&](int count) {
        int running = 0;
        int done = 0;
        int begun = 0;
        for (; begun < at_once; ++begun)
            curl_multi_add_handle(multi.get(), handles[std::size_t(begun)]->get());
        while (done < count) {
            curl_multi_perform(multi.get(), &running);
            int left = 0;
            while (CURLMsg* const message = curl_multi_info_read(multi.get(), &left)) {
                must(message->data.result);
                easy* handle = nullptr;
                curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &handle);
                curl_multi_remove_handle(multi.get(), handle->get());
                (void)work::decode(handle->body);
                handle->body.clear();
                ++done;
                if (begun++ < count) curl_multi_add_handle(multi.get(), handle->get());
            }
            if (done < count) curl_multi_poll(multi.get(), nullptr, 0, 1000, nullptr);
        }
    };
    work::measure([&] { round(at_once); }, [&] { round(words.count); });
}

void upload(work::words const& words, long buffer) {
    easy handle(words);
    if (buffer > 0) handle.set(CURLOPT_UPLOAD_BUFFERSIZE, buffer);
    auto const send = [&](bool warm) {
        std::unique_ptr<curl_mime, decltype(&curl_mime_free)> const form(curl_mime_init(handle.get()),
                                                                         curl_mime_free);
        auto* part = curl_mime_addpart(form.get());
        curl_mime_name(part, "purpose");
        curl_mime_data(part, "user_data", CURL_ZERO_TERMINATED);
        part = curl_mime_addpart(form.get());
        curl_mime_name(part, "file");
        if (warm) {
            curl_mime_data(part, "warm", CURL_ZERO_TERMINATED);
            curl_mime_filename(part, "warm.bin");
        } else {
            curl_mime_filedata(part, words.file.c_str());
        }
        curl_mime_type(part, "application/octet-stream");
        handle.set(CURLOPT_MIMEPOST, form.get());
        handle.perform();
    };
    work::measure([&] { send(true); },
                  [&] {
                      for (int i = 0; i < words.count; ++i) send(false);
                  });
}

void download(work::words const& words, long buffer) {
    easy handle(words);
    if (buffer > 0) handle.set(CURLOPT_BUFFERSIZE, buffer);
    auto const fetch = [&](std::string const& url) {
        handle.set(CURLOPT_URL, url.c_str());
        std::unique_ptr<std::FILE, decltype(&std::fclose)> const file(std::fopen(words.file.c_str(), "wb"),
                                                                      std::fclose);
        handle.set(CURLOPT_WRITEFUNCTION, static_cast<curl_write_callback>(nullptr));
        handle.set(CURLOPT_WRITEDATA, file.get());
        handle.perform();
    };
    auto const root = words.url.substr(0, words.url.size() - words.path.size());
    work::measure([&] { fetch(root + "/warm"); },
                  [&] {
                      for (int i = 0; i < words.count; ++i) fetch(words.url);
                  });
}

}  // namespace

int main(int argc, char** argv) {
    return work::guarded([&] {
        auto const words = work::read_words(argc, argv);
        curl_global_init(CURL_GLOBAL_DEFAULT);
        if (words.work == "calls") return calls(words);
        if (words.work == "in_flight") return in_flight(words);
        if (words.work == "upload") return upload(words, 0);
        if (words.work == "upload_tuned") return upload(words, 256 << 10);
        if (words.work == "download") return download(words, 0);
        if (words.work == "download_tuned") return download(words, 256 << 10);
        throw std::runtime_error("no such work: " + words.work);
    });
}
