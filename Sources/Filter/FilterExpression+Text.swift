internal import Domain

extension FilterExpression: CustomStringConvertible {
    /// The expression as it can be written: reading it again gives the same expression.
    public var description: String {
        switch self {
        case .everything: ""
        case .text(let text): Self.quoted(text.text)
        case .pattern(let pattern): Self.slashed(pattern)
        case .field(let key, let test): "\(key)\(Self.text(of: test))"
        case .backend(let name): "@\(Self.plainOrQuoted(name))"
        case .condition(let word):
            OwnerCondition(word: word).map { "owner\($0.isWhole ? "=" : ":")\(Self.plainOrQuoted($0.name))" }
                ?? "is:\(word)"
        case .not(let expression): "!\(expression.grouped)"
        case .all(let terms): terms.map(\.grouped).joined(separator: " ")
        case .any(let terms): "(\(terms.map(\.alternative).joined(separator: " | ")))"
        }
    }

    private var grouped: String {
        switch self {
        case .all: "(\(description))"
        default: description
        }
    }

    private var alternative: String { description }

    private static func text(of test: FieldTest) -> String {
        switch test {
        case .contains(let text): ":\(plainOrQuoted(text.text))"
        case .matches(let pattern): ":\(slashed(pattern))"
        case .equals(let text): "=\(plainOrQuoted(text.text))"
        case .compares(let comparison, let operand): "\(comparison.rawValue)\(plainOrQuoted(operand))"
        }
    }

    /// A word without any sign that the grammar knows stands as it is.
    private static func quoted(_ text: String) -> String {
        isPlain(text) && !text.unicodeScalars.contains(where: { ":=<>!@/".unicodeScalars.contains($0) })
            ? text : inQuotes(text)
    }

    private static func plainOrQuoted(_ text: String) -> String {
        isPlain(text) && text.unicodeScalars.first != "/" ? text : inQuotes(text)
    }

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty
            && !text.unicodeScalars.contains {
                $0.properties.isWhitespace || "\"\\()|".unicodeScalars.contains($0)
            }
    }

    private static func inQuotes(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        result.append("\"")
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { result.append("\\") }
            result.append(character)
        }
        result.append("\"")
        return String(result)
    }

    /// Slashes inside are escaped, so that none of them ends it.
    private static func slashed(_ pattern: FilterPattern) -> String {
        var result = String.UnicodeScalarView()
        result.append("/")
        var isEscaped = false
        for character in pattern.source.unicodeScalars {
            if character == "/", !isEscaped { result.append("\\") }
            isEscaped = character == "\\" && !isEscaped
            result.append(character)
        }
        result.append("/")
        return String(result)
    }
}
