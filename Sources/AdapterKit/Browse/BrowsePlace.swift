internal import Domain
internal import HTTP

/// Where somebody is in an API: `/v3/bonds/?page=2#/results/3/legs`.
///
/// The path and the query are what the server is asked for; what stands behind `#` leads into its answer.
package struct BrowseAddress: Sendable, Hashable {
    /// The encoded path below the base path.
    package var path: String
    /// The query as it stands in the address; empty where there is none.
    package var query = ""
    /// The steps into the answer.
    package var steps: [String] = []

    /// Names a path.
    package init(path: String, query: String = "", steps: [String] = []) {
        self.path = path
        self.query = query
        self.steps = steps
    }

    /// Reads an address.
    package init(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts[0]
        if parts.count > 1 {
            steps = parts[1].split(separator: "/").map { PercentDecoding.text($0) ?? String($0) }
        }
        if let mark = whole.firstIndex(of: "?") {
            path = String(whole[..<mark])
            query = String(whole[whole.index(after: mark)...])
        } else {
            path = String(whole)
        }
        if !path.hasPrefix("/") { path = "/" + path }
    }

    /// The address as text.
    package var text: String {
        let inner =
            steps.isEmpty ? "" : "#/" + steps.map { PercentEncoding.segment($0) }.joined(separator: "/")
        return (query.isEmpty ? path : "\(path)?\(query)") + inner
    }

    /// The names and values of the query.
    package var pairs: [(String, String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentDecoding.text(parts[0]) ?? String(parts[0])
            return (name, parts.count > 1 ? PercentDecoding.text(parts[1]) ?? String(parts[1]) : "")
        }
    }

    /// What the server is asked for, without the way into its answer.
    package var whole: BrowseAddress { BrowseAddress(path: path, query: query) }

    /// One step further into the answer.
    package func stepping(_ step: String) -> BrowseAddress {
        var address = self
        address.steps.append(step)
        return address
    }
}

/// A path of the catalogue with what it was filled in with.
package struct BrowsePlace: Sendable {
    /// What the catalogue says of it.
    package let entry: CatalogueEntry
    /// What its template was filled in with, not encoded.
    package let parameters: [String: String]
    /// The address.
    package let address: BrowseAddress
}

/// Takes percent-encoding away.
package enum PercentDecoding {
    /// The text that was encoded; nil where the encoding is broken, or the text is none.
    package static func text(_ encoded: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = encoded.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
