import HTTP

/// Collects the header fields of the final answer, line by line as they come.
struct HeaderLanding {
    /// The most bytes of header that are kept; a server that sends more is broken or hostile.
    static let cap = 256 << 10

    /// The status of the answer that is coming; nil before its first line.
    private(set) var status: Int?
    private(set) var fields: [Header] = []
    private var size = 0

    /// Takes one line; false when there is too much of it.
    mutating func land(_ line: UnsafeRawBufferPointer) -> Bool {
        size += line.count
        guard size <= Self.cap else { return false }
        if line.starts(with: "HTTP/".utf8) {
            // A new answer begins: what came before was "100 Continue" or the like.
            let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: true)
            status = words.count > 1 ? Int(text(words[1])) : nil
            fields = []
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            fields.append(Header(text(line[..<colon]), text(line[(colon + 1)...])))
        }
        return true
    }

    /// Whether the answer calls itself one text in JSON.
    var saysJSON: Bool {
        let type = Response(status: 0, headers: fields, body: Body([])).mediaType
        return type == "application/json" || type == "text/json" || type.hasSuffix("+json")
    }

    private func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        var bytes = bytes
        while let first = bytes.first, first <= UInt8(ascii: " ") { bytes.removeFirst() }
        while let last = bytes.last, last <= UInt8(ascii: " ") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
