// Text in HTML and SVG.
#ifndef CONSILIENCE_CLIENTS_CLI_DOSSIER_HTML_TEXT_H_
#define CONSILIENCE_CLIENTS_CLI_DOSSIER_HTML_TEXT_H_

#include <string>
#include <string_view>

namespace consilience::cli {

// `text` as the content of an element or of a quoted attribute.
inline std::string Escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        // Control characters have no place in HTML.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

// An address that a link may lead to; empty when it is anything but http(s).
inline std::string SafeUrl(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return "";
  return Escaped(url);
}

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_DOSSIER_HTML_TEXT_H_
