/// Where the reading of a filter stands in its text.
///
/// It goes from scalar to scalar: an accent that follows a sign of the grammar must not make it another one.
struct FilterCursor {
    let characters: [Unicode.Scalar]
    private(set) var position = 0

    init(_ text: String) { characters = Array(text.unicodeScalars) }

    var isAtEnd: Bool { position == characters.count }
    var current: Unicode.Scalar? { isAtEnd ? nil : characters[position] }
    /// Whether a token may not go on here.
    var isAtBoundary: Bool { isBoundary(position) }

    /// How many characters, as people count them, stand before a position.
    func column(_ position: Int) -> Int { text(0..<min(position, characters.count)).count }

    func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: characters[range])
        return String(text)
    }

    mutating func advance(by count: Int = 1) { position = min(position + count, characters.count) }

    mutating func skipSpace() {
        while let character = current, character.properties.isWhitespace { advance() }
    }

    /// Takes a text in quotes, with `\"` and `\\` in it; nil when it is not closed.
    mutating func takeQuoted() -> String? {
        var text = String.UnicodeScalarView()
        var index = position + 1
        while index < characters.count {
            let character = characters[index]
            if character == "\"" {
                position = index + 1
                return String(text)
            }
            if character == "\\", index + 1 < characters.count,
                characters[index + 1] == "\"" || characters[index + 1] == "\\"
            {
                index += 1
            }
            text.append(characters[index])
            index += 1
        }
        return nil
    }

    /// What a slash at the start of a token begins.
    enum Slashed: Equatable { case pattern(String), word, open }

    /// Takes `/…/`, whose last slash ends the token; spaces and slashes may stand inside.
    ///
    /// `/dev/sda` is a word, as no slash ends it; `/gi0` waits for its slash.
    mutating func takeSlashed() -> Slashed {
        var slashes = 0
        var index = position + 1
        while index < characters.count {
            switch characters[index] {
            case "\\": index += 1
            case "/" where isBoundary(index + 1):
                let source = unescaped(position + 1..<index)
                position = index + 1
                return .pattern(source)
            case "/": slashes += 1
            default: break
            }
            index += 1
        }
        return slashes > 0 ? .word : .open
    }

    /// Takes what is left of a token; brackets may stand inside in pairs.
    mutating func takeWord() -> String {
        var open = 0
        let start = position
        while let character = current {
            if character == "(" { open += 1 }
            if character == ")" {
                if open == 0, position > start { break }
                open -= 1
            } else if position > start, isAtBoundary {
                break
            }
            advance()
        }
        return text(start..<position)
    }

    /// The rest of the token without taking it.
    func peekWord() -> String {
        var copy = self
        return copy.takeWord()
    }

    private func isBoundary(_ index: Int) -> Bool {
        guard index < characters.count else { return true }
        let character = characters[index]
        return character.properties.isWhitespace || character == ")" || character == "|"
    }

    /// In a pattern `\/` is a slash; every other escape belongs to the expression.
    private func unescaped(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        var index = range.lowerBound
        while index < range.upperBound {
            if characters[index] == "\\", index + 1 < range.upperBound {
                if characters[index + 1] != "/" { text.append(characters[index]) }
                index += 1
            }
            text.append(characters[index])
            index += 1
        }
        return String(text)
    }
}
