import Dashboard
import Domain

/// What customers are called, as far as the tables say: to be found in texts that may name them.
package struct CustomerNames: Sendable {
    /// A name shorter than this is found in too many words that are none.
    private static let shortest = 3

    /// The names of each table: one that did not change is not read again.
    private var lists: [List] = []

    private struct List {
        let table: Table
        /// The names by the first of their words, in lower case, the longest first.
        var byWord: [Substring: [Substring]] = [:]
    }

    /// None.
    init() {}

    /// The names in some tables.
    ///
    /// - Parameter earlier: what was learnt before.
    init(_ tables: [Table], after earlier: CustomerNames = CustomerNames()) {
        lists = tables.map { table in
            earlier.lists.first { $0.table == table } ?? List(table: table, byWord: Self.names(in: table))
        }
    }

    /// The tables that they were read from.
    var tables: [Table] { lists.map(\.table) }

    private static func names(in table: Table) -> [Substring: [Substring]] {
        var names: Set<String> = []
        for (place, field) in table.resource.fields.enumerated()
        where field.namesCustomer(in: table.resource) {
            for row in 0..<table.count { names.insert(table.text(row, place)) }
        }
        var byWord: [Substring: [Substring]] = [:]
        for name in names where name.count >= shortest {
            let lowered = Substring(name.lowercased())
            guard let word = words(lowered).first else { continue }
            byWord[lowered[word], default: []].append(lowered[word.lowerBound...])
        }
        for word in byWord.keys { byWord[word]?.sort { $0.utf8.count > $1.utf8.count } }
        return byWord
    }

    /// The longest name that a text begins with, as a whole.
    private func name(at rest: Substring, word: Substring) -> Substring? {
        lists.compactMap { list in
            list.byWord[word]?.first { name in
                guard rest.hasPrefix(name) else { return false }
                let end = rest.index(rest.startIndex, offsetBy: name.count)
                return end == rest.endIndex || !Self.isWord(rest[end])
            }
        }.max { $0.utf8.count < $1.utf8.count }
    }

    /// A text with every name in it replaced, however it is written.
    func hidden(in text: String) -> String {
        guard !lists.isEmpty, !text.isEmpty else { return text }
        let lowered = Substring(text.lowercased())
        // Letters whose lower case is longer than they are: then places don't fit, and the whole goes.
        let isAligned = lowered.count == text.count
        var result = ""
        var shown = lowered.startIndex
        var found = false
        for word in Self.words(lowered) where word.lowerBound >= shown {
            guard let name = name(at: lowered[word.lowerBound...], word: lowered[word]) else { continue }
            found = true
            if isAligned { result += Self.part(of: text, like: lowered, shown..<word.lowerBound) }
            result += Redactor.mask
            shown = lowered.index(word.lowerBound, offsetBy: name.count)
        }
        guard found else { return text }
        return isAligned
            ? result + Self.part(of: text, like: lowered, shown..<lowered.endIndex) : Redactor.mask
    }

    private static func part(of text: String, like lowered: Substring, _ range: Range<String.Index>) -> String
    {
        let start = lowered.distance(from: lowered.startIndex, to: range.lowerBound)
        let length = lowered.distance(from: range.lowerBound, to: range.upperBound)
        return String(text.dropFirst(start).prefix(length))
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// Where the words of a text are.
    private static func words(_ text: Substring) -> [Range<String.Index>] {
        var words: [Range<String.Index>] = []
        var start: String.Index?
        for place in text.indices {
            if isWord(text[place]) {
                if start == nil { start = place }
            } else if let from = start {
                words.append(from..<place)
                start = nil
            }
        }
        if let start { words.append(start..<text.endIndex) }
        return words
    }
}

extension CustomerNames {
    /// The tables that have names of customers in them.
    static func tables(in state: State) -> [Table] {
        state.backends.flatMap { backend in
            backend.resources.compactMap { resource -> Table? in
                let names = resource.fields.contains { $0.namesCustomer(in: resource) }
                return names ? backend.tables[resource.kind] : nil
            }
        }
    }
}
