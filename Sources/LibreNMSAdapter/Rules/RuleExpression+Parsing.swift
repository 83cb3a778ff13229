/// Why a rule's text can't be read, and where.
struct RuleFault: Error, Equatable {
    /// The character that is at fault, counted from 1.
    var column: Int
    /// What is wrong there and what to do.
    var words: String
}

extension RuleExpression {
    /// Reads `%entity comparison value`, joined by `&&` and `||`, with parentheses.
    ///
    /// - Parameter comparisons: those that the server knows.
    init(_ text: String, comparisons: [RuleComparison] = RuleComparison.allCases) throws(RuleFault) {
        var reader = RuleReader(text, comparisons)
        self = try reader.whole()
    }
}

/// Reads a rule's text from the left.
private struct RuleReader {
    private let characters: [Character]
    private let comparisons: [RuleComparison]
    private var place = 0

    init(_ text: String, _ comparisons: [RuleComparison]) {
        characters = Array(text)
        self.comparisons = comparisons
    }

    mutating func whole() throws(RuleFault) -> RuleExpression {
        skipSpace()
        guard place < characters.count else {
            throw fault("the rule is empty: write one like %devices.status = \"0\"")
        }
        let expression = try either(depth: 0)
        guard place == characters.count else {
            throw peek == ")"
                ? fault("this closing parenthesis closes nothing")
                : fault("expected && or || between two conditions")
        }
        return expression
    }

    private mutating func either(depth: Int) throws(RuleFault) -> RuleExpression {
        var parts = [try both(depth: depth)]
        while take("||") || takeWord("or") { parts.append(try both(depth: depth)) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func both(depth: Int) throws(RuleFault) -> RuleExpression {
        var parts = [try single(depth: depth)]
        while take("&&") || takeWord("and") {
            // Web interfaces of old releases leave the last one standing.
            if place == characters.count { break }
            parts.append(try single(depth: depth))
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func single(depth: Int) throws(RuleFault) -> RuleExpression {
        skipSpace()
        let start = place
        guard take("(") else { return .condition(try condition()) }
        guard depth < 20 else { throw fault("the parentheses are nested too deep") }
        let inner = try either(depth: depth + 1)
        guard take(")") else {
            throw RuleFault(column: start + 1, words: "this parenthesis is never closed")
        }
        return inner
    }

    private mutating func condition() throws(RuleFault) -> RuleCondition {
        guard peek == "%" else {
            throw fault("expected a condition that begins with %, such as %devices.status = \"0\"")
        }
        let start = place
        place += 1
        let entity = run { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "-" }
        guard !entity.isEmpty, entity.contains(".") else {
            throw RuleFault(
                column: start + 1, words: "expected a table and a column, such as %devices.status")
        }
        skipSpace()
        let comparison = try comparison()
        guard comparison.takesValue else {
            skipSpace()
            return RuleCondition(entity: entity, comparison: comparison, value: nil)
        }
        skipSpace()
        let value = try value()
        skipSpace()
        return RuleCondition(entity: entity, comparison: comparison, value: value)
    }

    private mutating func comparison() throws(RuleFault) -> RuleComparison {
        let start = place
        var word = run { "=!<>~".contains($0) }
        if word.isEmpty { word = run { $0.isLetter || $0 == "_" } }
        if let known = comparisons.first(where: { $0.word == word.lowercased() }) { return known }
        let names = comparisons.map(\.word).joined(separator: " ")
        let found = word.isEmpty ? "expected an operator" : "there is no operator \(word)"
        throw RuleFault(column: start + 1, words: "\(found): use one of \(names)")
    }

    private mutating func value() throws(RuleFault) -> String {
        guard let quote = peek, quote == "\"" || quote == "'" else {
            let bare = run { !$0.isWhitespace && !"()&|\"'".contains($0) }
            if bare.isEmpty { throw fault("expected a value, such as \"0\"") }
            return bare
        }
        let start = place
        place += 1
        var value = ""
        while let next = peek, next != quote {
            place += 1
            if next == "\\", let escaped = peek, escaped == quote || escaped == "\\" {
                value.append(escaped)
                place += 1
            } else {
                value.append(next)
            }
        }
        guard place < characters.count else {
            throw RuleFault(column: start + 1, words: "this quotation mark is never closed")
        }
        place += 1
        return value
    }

    // MARK: Steps

    private var peek: Character? { place < characters.count ? characters[place] : nil }

    private func fault(_ words: String) -> RuleFault { RuleFault(column: place + 1, words: words) }

    private mutating func skipSpace() {
        while let next = peek, next.isWhitespace { place += 1 }
    }

    private mutating func run(_ isPart: (Character) -> Bool) -> String {
        let start = place
        while let next = peek, isPart(next) { place += 1 }
        return String(characters[start..<place])
    }

    private mutating func take(_ sign: String) -> Bool {
        skipSpace()
        guard characters[place...].starts(with: sign) else { return false }
        place += sign.count
        skipSpace()
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
        let before = place
        skipSpace()
        if run({ $0.isLetter }).lowercased() == word {
            skipSpace()
            return true
        }
        place = before
        return false
    }
}
