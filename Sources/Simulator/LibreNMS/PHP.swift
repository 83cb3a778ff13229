/// How PHP sees what a client sent: LibreNMS is written in it, and many of its quirks are the language's.
extension Input {
    /// Nothing, no, zero, an empty word, `"0"` and an empty list are all the same.
    var isEmptyInPHP: Bool {
        switch self {
        case .null, .flag(false), .text(""), .text("0"): true
        case .number(let digits): Double(digits) == 0
        case .list(let list): list.isEmpty
        case .object(let members): members.isEmpty
        case .flag, .text: false
        }
    }

    /// The word that PHP makes of a scalar: yes is 1, no is nothing.
    var phpText: String {
        switch self {
        case .null, .list, .object: ""
        case .flag(let flag): flag ? "1" : ""
        case .number(let digits): digits
        case .text(let text): text
        }
    }
}

enum PHP {
    /// A word as an old client library of the database escapes it.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\0": escaped += "\\0"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\u{1a}": escaped += "\\Z"
            case "\\", "'", "\"":
                escaped += "\\"
                escaped.unicodeScalars.append(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A word of JSON as PHP prints it unasked: no white space, slashes and what is not ASCII escaped.
    static func json(_ value: Value) -> String {
        let style = JSONStyle(
            scalars: .raw, isPretty: false, escapesSlashes: true, escapesNonASCII: true, zone: 0)
        return String(decoding: JSONWriter.bytes(of: value, style: style), as: UTF8.self)
    }
}
