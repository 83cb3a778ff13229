internal import Domain

extension FilterExpression {
    /// Reads a filter; any text at all may be given.
    ///
    /// A text without terms is every row.
    public static func parse(_ text: String, _ vocabulary: FilterVocabulary) -> FilterParse {
        var parser = FilterParser(text, vocabulary)
        do {
            return .finished(try parser.parse())
        } catch {
            switch error {
            case .unfinished(let remark): return .unfinished(remark)
            case .failed(let remark): return .failed(remark)
            }
        }
    }
}

/// Reads the grammar from left to right: alternatives of sequences of terms.
struct FilterParser {
    /// Why reading stopped.
    enum Stop: Error { case unfinished(FilterRemark), failed(FilterRemark) }

    /// A filter is written by hand; what is nested deeper is not, and must not use up the stack.
    private static let deepest = 100

    let vocabulary: FilterVocabulary
    var cursor: FilterCursor
    private var depth = 0

    init(_ text: String, _ vocabulary: FilterVocabulary) {
        cursor = FilterCursor(text)
        self.vocabulary = vocabulary
    }

    mutating func parse() throws(Stop) -> FilterExpression {
        cursor.skipSpace()
        if cursor.isAtEnd { return .everything }
        let expression = try alternatives()
        guard cursor.isAtEnd else { throw failed("no ( is open here; write \")\" to look for one") }
        return expression
    }

    private mutating func alternatives() throws(Stop) -> FilterExpression {
        var found = [try sequence()]
        while cursor.current == "|" {
            cursor.advance()
            cursor.skipSpace()
            if cursor.isAtEnd { throw unfinished("| waits for what else may match") }
            found.append(try sequence())
        }
        return found.count == 1 ? found[0] : .any(found)
    }

    private mutating func sequence() throws(Stop) -> FilterExpression {
        var found: [FilterExpression] = []
        cursor.skipSpace()
        while let character = cursor.current, character != "|", character != ")" {
            found.append(try term())
            cursor.skipSpace()
        }
        if found.isEmpty, cursor.current == "|" { throw failed("nothing stands before |") }
        if found.isEmpty, depth > 0 { throw failed("nothing stands before )") }
        if found.isEmpty { throw failed("no ( is open here; write \")\" to look for one") }
        return found.count == 1 ? found[0] : .all(found)
    }

    private mutating func term() throws(Stop) -> FilterExpression {
        guard depth < Self.deepest else { throw failed("too many ( and ! inside each other") }
        depth += 1
        defer { depth -= 1 }
        switch cursor.current {
        case "!":
            cursor.advance()
            cursor.skipSpace()
            if cursor.isAtEnd { throw unfinished("! waits for what must not match") }
            if cursor.isAtBoundary { throw failed("nothing stands behind !") }
            return .not(try term())
        case "(": return try group()
        case "\"":
            if let test = try quotedFieldTest() { return test }
            return .text(FilterText(try quoted()))
        case "/":
            if let pattern = try pattern() { return .pattern(pattern) }
            return .text(FilterText(cursor.takeWord()))
        case "@": return try backend()
        default: return try fieldTest() ?? .text(FilterText(cursor.takeWord()))
        }
    }

    private mutating func group() throws(Stop) -> FilterExpression {
        let start = cursor.position
        cursor.advance()
        cursor.skipSpace()
        if cursor.isAtEnd { throw unfinished("( is not closed", at: start) }
        let expression = try alternatives()
        guard cursor.current == ")" else { throw unfinished("( is not closed", at: start) }
        cursor.advance()
        return expression
    }

    mutating func quoted() throws(Stop) -> String {
        let start = cursor.position
        guard let text = cursor.takeQuoted() else { throw unfinished("\" is not closed", at: start) }
        return text
    }

    /// The regular expression that begins here; nil where the slash begins a word.
    mutating func pattern() throws(Stop) -> FilterPattern? {
        let start = cursor.position
        switch cursor.takeSlashed() {
        case .word: return nil
        case .open: throw unfinished("/ is not closed; write \"/\" to look for one", at: start)
        case .pattern(let source):
            do {
                return try FilterPattern(source)
            } catch {
                throw failed(error.words, at: start + 1 + error.column)
            }
        }
    }

    private mutating func backend() throws(Stop) -> FilterExpression {
        let start = cursor.position
        cursor.advance()
        if cursor.isAtEnd { throw unfinished("@ waits for the name of a backend", at: start) }
        if cursor.isAtBoundary { throw failed("the name of a backend belongs right behind @", at: start) }
        let name = cursor.current == "\"" ? try quoted() : cursor.takeWord()
        let isKnown = vocabulary.backends.contains { $0.lowercased().hasPrefix(name.lowercased()) }
        guard isKnown || vocabulary.backends.isEmpty else {
            let known = vocabulary.backends.joined(separator: ", ")
            throw failed("no backend is called \(name); there are \(known)", at: start)
        }
        return .backend(name)
    }

    func unfinished(_ words: String, at column: Int? = nil) -> Stop {
        .unfinished(FilterRemark(column: cursor.column(column ?? cursor.position), words: words))
    }

    func failed(_ words: String, at column: Int? = nil) -> Stop {
        .failed(FilterRemark(column: cursor.column(column ?? cursor.position), words: words))
    }
}
