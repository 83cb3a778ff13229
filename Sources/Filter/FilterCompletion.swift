public import Domain

/// What can stand where the cursor is in a filter that is being typed.
public struct FilterCompletion: Sendable, Equatable {
    /// What is begun there.
    public enum Subject: Sendable, Equatable {
        /// A word, or the name of a field.
        case name
        /// A value of a field, behind a sign.
        case value(FieldKey)
        /// The name of a backend, behind `@`.
        case backend
        /// A condition, behind `is:`.
        case condition
        /// Who has claimed a row, behind `owner:`.
        case owner
    }

    /// What is begun.
    public let subject: Subject
    /// What is typed of it, without quotes.
    public let typed: String
    /// How many characters stand before what is typed of it.
    public let start: Int

    private static let signs = ["!=", "<=", ">=", "<", ">", "=", ":"]

    /// Looks at the characters before the cursor; nil where nothing can be completed, as inside a pattern.
    public init?(_ text: String, cursor: Int, _ vocabulary: FilterVocabulary) {
        let characters = Array(text.prefix(cursor))
        var start = 0
        var isQuoted = false
        for (place, character) in characters.enumerated() {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted, character.isWhitespace || character == "|" || character == "(" || character == ")" {
                start = place + 1
            }
        }
        while start < characters.count, characters[start] == "!" { start += 1 }
        let token = characters[start...]
        if token.first == "@" {
            (subject, typed, self.start) = (.backend, String(token.dropFirst()), start + 1)
            return
        }
        let word = String(token)
        if word.lowercased().hasPrefix("is:") {
            (subject, typed, self.start) = (.condition, String(token.dropFirst(3)), start + 3)
            return
        }
        if token.first == "/" { return nil }
        guard let (name, place) = Self.name(in: token) else {
            // A text in quotes is looked for as it is, unless it is the name of a field that has blanks.
            (subject, typed, self.start) = (.name, word.filter { $0 != "\"" }, start)
            return
        }
        var value = characters[place...]
        if value.first == "/" { return nil }
        if value.first == "\"" { value = value.dropFirst() }
        if name.lowercased() == FilterVocabulary.owner, vocabulary.knowsOwners {
            (subject, typed, self.start) = (.owner, String(value), place)
            return
        }
        guard let key = vocabulary.fields(named: name).first else { return nil }
        (subject, typed, self.start) = (.value(key), String(value), place)
    }

    /// The name before the first sign of a token, and where the value behind it begins.
    private static func name(in token: ArraySlice<Character>) -> (String, Int)? {
        var isQuoted = false
        for place in token.indices {
            if token[place] == "\"" { isQuoted.toggle() }
            guard !isQuoted, let sign = signs.first(where: { token[place...].starts(with: $0) }) else {
                continue
            }
            return (String(token[..<place].filter { $0 != "\"" }), place + sign.count)
        }
        return nil
    }

    /// The values among some that go on from what is typed: first those that begin with it.
    public func fitting(_ words: some Sequence<String>) -> [String] {
        let typed = typed.lowercased()
        if typed.isEmpty { return Array(words) }
        var first: [String] = []
        var others: [String] = []
        for word in words {
            let folded = word.lowercased()
            if folded.hasPrefix(typed) {
                first.append(word)
            } else if folded.contains(typed) {
                others.append(word)
            }
        }
        return first + others
    }
}

extension FilterVocabulary {
    /// The names of fields that go on from what is typed, by key or by title, those in front first; each once.
    public func names(for completion: FilterCompletion, before others: [FieldKey]) -> [String] {
        let typed = completion.typed.lowercased()
        var titles: [FieldKey: [String]] = [:]
        for (name, key) in everyName { titles[key, default: []].append(name) }
        let ordered = others.filter { !types(of: $0).isEmpty }
        let seen = Set(ordered)
        let keys = ordered + fieldKeys.filter { !seen.contains($0) }
        func rank(_ key: FieldKey) -> Int? {
            let names = (titles[key] ?? []) + [key.rawValue]
            if names.contains(where: { $0.hasPrefix(typed) }) { return 0 }
            return names.contains { $0.contains(typed) } ? 1 : nil
        }
        let ranked = keys.compactMap { key in rank(key).map { ($0, key.rawValue) } }
        let short = typed.isEmpty ? [] : (shortNames + ["is"]).filter { $0.hasPrefix(typed) }
        return short + ranked.filter { $0.0 == 0 }.map(\.1) + ranked.filter { $0.0 == 1 }.map(\.1)
    }

    /// The conditions behind `is:`, in alphabetical order.
    public var conditionNames: [String] { conditions.sorted() }

    /// What is usually written behind the name of a field: `:`, `=`, `<`, `>` or `>=`.
    public func usualSign(of name: String) -> String {
        if name.lowercased() == "is" { return ":" }
        guard let key = fields(named: name).first, let type = types(of: key).first else { return ":" }
        return switch type {
        case .severity: ">="
        case .time: "<"
        case .integer, .number, .rate, .bytes, .percent, .usage, .decibelMilliwatts, .duration: ">"
        case .flag, .state: "="
        case .text, .word, .states, .ref: ":"
        }
    }
}
