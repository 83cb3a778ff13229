/// Which header fields a request may not carry, whoever asks for them.
public enum HeaderRules {
    /// What the transport sets by itself, in lower case.
    public static let transport: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer",
        "cookie", "user-agent", "accept-encoding",
    ]

    /// What some servers take for another method or another path than the one that was checked, in lower case.
    public static let disguises: Set<String> = [
        "x-http-method-override", "x-http-method", "x-method-override", "_method", "x-original-url",
        "x-rewrite-url",
    ]

    /// Why nobody may set a field; nil where a request may carry it.
    public static func objection(to name: String) -> String? {
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
            return "a header's name has characters that a name may not have"
        }
        if transport.contains(name.lowercased()) { return "\(name) is for the transport to set" }
        if disguises.contains(name.lowercased()) {
            return "\(name) would change the request behind the gate's back"
        }
        return nil
    }

    /// Why a query or a body may not have a member; nil where it may.
    ///
    /// Frameworks take such a member of either for the method.
    public static func objection(toMember name: String) -> String? {
        // Some read `.method` and ` _method ` as `_method`.
        let plain = name.lowercased().filter { !$0.isWhitespace }.replacing(".", with: "_")
        guard disguises.contains(plain) || disguises.contains(plain.replacing("_", with: "-")) else {
            return nil
        }
        return "\(name) would change the request behind the gate's back"
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
