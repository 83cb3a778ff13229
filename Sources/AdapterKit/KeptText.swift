/// Whether a text that is read back is the one that was written, as servers are known to keep texts.
///
/// Old PHP escapes quotes once more than it has to, frameworks keep entities in place of signs, take out what looks
/// like a tag, and trim. A text that came back like that was written; what the server made of it is said.
package enum KeptText: Equatable, Sendable {
    case same
    /// The same but for what servers do to texts.
    case altered
    case other

    /// Compares a text that was written with what the server has.
    package init(_ wanted: String, as found: String) {
        if found == wanted {
            self = .same
        } else {
            let wishes = Set([wanted, Self.stripped(wanted)].map(Self.plain))
            // A server may do it twice, and one after the other.
            var forms = [found]
            for _ in 0..<3 { forms += forms.flatMap { [Self.unescaped($0), Self.decoded($0)] } }
            let isSame = forms.contains { wishes.contains(Self.plain($0)) }
            // A text of which nothing is left was not kept.
            self = isSame && (!Self.plain(found).isEmpty || Self.plain(wanted).isEmpty) ? .altered : .other
        }
    }

    /// Without white space around it, and with line ends of one kind.
    private static func plain(_ text: String) -> String { text.replacing("\r\n", with: "\n").trimmed }

    /// Without the backslashes that escape for a database.
    private static func unescaped(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        var result = ""
        var isEscaped = false
        for sign in text.unicodeScalars {
            if isEscaped {
                switch sign {
                case "n": result += "\n"
                case "r": result += "\r"
                case "0": result += "\0"
                case "Z": result += "\u{1A}"
                default: result.unicodeScalars.append(sign)
                }
                isEscaped = false
            } else if sign == "\\" {
                isEscaped = true
            } else {
                result.unicodeScalars.append(sign)
            }
        }
        return isEscaped ? result + "\\" : result
    }

    private static let entities = [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#039;", "'"), ("&#39;", "'"), ("&#x27;", "'"),
        ("&apos;", "'"), ("&nbsp;", "\u{A0}"), ("&amp;", "&"),
    ]

    /// With signs for the entities that stand for them.
    private static func decoded(_ text: String) -> String {
        guard text.contains("&") else { return text }
        return entities.reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    /// Without what looks like a tag.
    private static func stripped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            let next = rest.index(after: start)
            guard next < rest.endIndex, rest[next].isLetter || "/!?".contains(rest[next]) else {
                result += rest[...start]
                rest = rest[next...]
                continue
            }
            result += rest[..<start]
            guard let end = rest[next...].firstIndex(of: ">") else { return result }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
