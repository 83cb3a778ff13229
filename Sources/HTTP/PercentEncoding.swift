/// Percent-encoding as RFC 3986 wants it for one path segment or one query value.
public enum PercentEncoding {
    /// Encodes a text as one path segment; `.` and `..` are encoded as well.
    public static func segment(_ text: String) -> String {
        if text == "." { return "%2E" }
        if text == ".." { return "%2E%2E" }
        return encode(text)
    }

    /// Encodes a text as a name or value of a query; a space becomes `%20`.
    public static func query(_ text: String) -> String { encode(text) }

    /// Joins names and values to a query without the question mark; empty for no pairs.
    public static func query(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(query($0.0))=\(query($0.1))" }.joined(separator: "&")
    }

    /// Decodes once; what is no escape stays as it is.
    ///
    /// - Parameter plusIsSpace: whether a plus stands for a space, as in queries of forms.
    package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                if digits.count == 2, let decoded = UInt8(Substring(digits), radix: 16) {
                    bytes.append(decoded)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func encode(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ","):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
