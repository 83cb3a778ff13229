// libcurl for Swift, loaded when it is first needed: the program does not link it. Variadic functions do not import, so
// each type of argument has a shim.
#ifndef NOCTURNE_CCURL_H
#define NOCTURNE_CCURL_H

// The type-checking macros of curl.h need the variadic calls that the shims replace.
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

#if LIBCURL_VERSION_NUM < 0x075700
#error "nocturne needs libcurl 7.87 or newer (libcurl4-openssl-dev of Debian 12, Ubuntu 24.04)"
#endif

// Loads libcurl and sets it up; NULL when that is done, else what is wrong. Any thread may call it, again too.
const char *ccurl_load(void);

// Switches, numbers and times: every option documented as `long`.
CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
// Sizes: every option documented as `curl_off_t`.
CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value);
// Texts; curl copies them.
CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value);
// Bytes and callback contexts; COPYPOSTFIELDS copies, everything else keeps the pointer.
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, const void *value);
// Header lists; curl keeps the pointer until the handle is cleaned up.
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
// Where headers and body bytes go.
CURLcode ccurl_set_receiver(CURL *handle, CURLoption option, curl_write_callback receiver);
// What is asked once the connection stands, before the first byte of a request leaves.
CURLcode ccurl_set_departure(CURL *handle, curl_prereq_callback departure);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

// Answers documented as `long`; 0 when curl does not know.
long ccurl_get_long(CURL *handle, CURLINFO info);
// Answers documented as `curl_off_t`; 0 when curl does not know.
curl_off_t ccurl_get_size(CURL *handle, CURLINFO info);
// Answers documented as `char *`; curl keeps them; null when it does not know.
const char *ccurl_get_text(CURL *handle, CURLINFO info);
// Pointers that were set before; null when curl does not know.
void *ccurl_get_pointer(CURL *handle, CURLINFO info);
// What curl says of the server's certificate, `Name:Value` after `Name:Value`; null when there is no more.
const char *ccurl_certificate_line(CURL *handle, int place);

// A part of an address, which curl_free frees; curl.h calls the address constant in some releases, and not in others.
CURLUcode ccurl_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags);

#endif
