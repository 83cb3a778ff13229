import Canvas
import Domain
import Filter

/// What can go on where the cursor of a filter is: names of fields, and the values that occur.
struct FilterSuggestions {
    /// Where it goes on.
    let completion: FilterCompletion
    /// What fits, the likeliest first.
    let words: [String]
    /// What is said where there is nothing to choose from: how a number or an age is written.
    let advice: String?
    private let vocabulary: FilterVocabulary

    /// Rows that are looked through for values of texts, of which each row may have another.
    private static let sample = 2_000
    /// Values that are listed.
    private static let most = 200

    init?(_ input: TextField, _ state: State) {
        let vocabulary = state.vocabulary
        guard let completion = FilterCompletion(input.text, cursor: input.cursor, vocabulary) else {
            return nil
        }
        self.completion = completion
        self.vocabulary = vocabulary
        var advice: String?
        switch completion.subject {
        case .name:
            words = vocabulary.names(for: completion, before: state.pane.visiblePane.columns.map(\.key))
        case .backend: words = completion.fitting(vocabulary.backends)
        case .condition: words = completion.fitting(vocabulary.conditionNames)
        case .owner: words = completion.fitting(vocabulary.owners ?? [])
        case .value(let key) where vocabulary.types(of: key).contains(.flag):
            words = completion.fitting(["yes", "no"])
        case .value(let key) where vocabulary.types(of: key).contains(.severity):
            words = completion.fitting(["ok", "warning", "critical", "unknown"])
        case .value(let key):
            let types = vocabulary.types(of: key)
            advice = types.lazy.compactMap(Self.advice).first
            let values = Self.values(of: key, types, state.pane.arrangement.request.tables)
            words = Array(completion.fitting(Self.sorted(completion.fitting(values))).prefix(Self.most))
        }
        self.advice = words.isEmpty ? advice : nil
    }

    private static func values(of key: FieldKey, _ types: Set<FieldType>, _ tables: [Table]) -> Set<String> {
        var found: Set<String> = []
        for table in tables {
            guard let place = table.resource.index(of: key) else { continue }
            let column = table.columns[place]
            switch column.storage {
            case .words where types.contains(.states):
                for word in column.words.prefix(sample) {
                    found.formUnion(word.split(separator: " ").map(String.init))
                }
            case .words, .refs: found.formUnion(column.words.prefix(sample))
            case .text: for row in 0..<min(table.count, sample) { found.insert(table.text(row, place)) }
            case .integers, .numbers: break
            }
        }
        return found.filter { !$0.isEmpty }
    }

    /// In the natural order; each key is made once.
    private static func sorted(_ words: [String]) -> [String] {
        words.map { (NaturalOrder.key($0), $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
    }

    private static func advice(_ type: FieldType) -> String? {
        switch type {
        case .percent, .usage: "per cent, as in 80"
        case .rate: "bits per second, as in 800M or 10G"
        case .bytes: "bytes, as in 10G"
        case .decibelMilliwatts: "dBm, as in -25"
        case .time: "an age, as in 30s, 5m, 2h or 1d"
        case .duration: "a time, as in 30s, 5m, 2h or 1d"
        case .integer, .number: "a number"
        case .text, .word, .severity, .state, .states, .flag, .ref: nil
        }
    }

    /// How far what is typed can be completed without a choice, and whether that is all of a word; nil where there is
    /// a choice at once.
    var step: (word: String, isWhole: Bool)? {
        let typed = completion.typed.lowercased()
        if let same = words.first(where: { $0.lowercased() == typed }) {
            return completion.subject == .name || words.count == 1 ? (same, true) : nil
        }
        let first = words.filter { $0.lowercased().hasPrefix(typed) }
        if words.count == 1 || first.count == 1 { return (first.first ?? words[0], true) }
        guard var common = first.first.map({ Array($0) }) else { return nil }
        for word in first {
            let same = zip(common, word).prefix { $0.lowercased() == $1.lowercased() }.count
            common.removeLast(common.count - same)
        }
        // In quotes a word that is not whole would be one.
        guard common.count > typed.count, !common.contains(where: \.isWhitespace) else { return nil }
        return (String(common), false)
    }

    /// A word as it is written into the filter.
    func written(_ word: String) -> String {
        guard completion.subject != .name, word.contains(where: { $0.isWhitespace || "\"()|".contains($0) })
        else { return word }
        let inside = word.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(inside)\""
    }

    /// A word that is whole, with what usually follows it: a sign behind a field, a blank behind a value.
    func finished(_ word: String) -> String {
        if completion.subject == .name { return word + vocabulary.usualSign(of: word) }
        return written(word) + " "
    }

}

extension State {
    /// Whether a filter is typed that has a line of hints.
    var hasFilterHint: Bool {
        guard let prompt = layers.top as? FilterPrompt, screen == nil else { return false }
        switch prompt.purpose {
        case .show, .mark: return ScreenLayout(size, isZoomed: isZoomed).body.height >= 6
        case .name, .find: return false
        }
    }
}

/// The line above a filter that is typed: what may go on, and how many rows match.
struct FilterHint {
    let prompt: FilterPrompt
    let state: State

    func draw(in frame: inout Frame, _ line: Rect) {
        frame.fill(line, Theme.style(.textMuted))
        var end = line.maxX
        if prompt.purpose == .show {
            let arrangement = state.pane.arrangement
            let words = "\(Quantity.count(arrangement.count)) of \(Quantity.count(arrangement.total)) match"
            end = frame.putRight([Piece(words, .text)], endingAt: line.maxX - 1, line.y) - 2
        }
        guard let suggestions = FilterSuggestions(prompt.input, state) else { return }
        var x = line.x + 1
        let room = max(0, end - x)
        if let advice = suggestions.advice {
            frame.put(advice, x, line.y, .textMuted, width: room)
            return
        }
        let words = prompt.cycle?.words ?? suggestions.words
        if words.isEmpty { return }
        let label = suggestions.label(state)
        x += frame.put(label, x, line.y, .key, width: room) + 1
        // The one that was put in is always among those shown.
        let current = prompt.cycle?.place
        var first = 0
        func width(_ places: Range<Int>) -> Int { places.reduce(0) { $0 + CharacterWidth.of(words[$1]) + 2 } }
        if let current { while first < current, width(first..<current + 1) > end - x { first += 1 } }
        for place in first..<words.count {
            let isLast = place == words.count - 1
            let width = CharacterWidth.of(words[place])
            guard x + width + (isLast ? 0 : 2) <= end else {
                frame.put("…", x, line.y, .textMuted, width: max(0, end - x))
                return
            }
            x += frame.put(words[place], x, line.y, place == current ? .match : .textMuted) + 2
        }
    }
}

extension FilterSuggestions {
    /// The key that takes what is listed.
    fileprivate func label(_ state: State) -> String {
        state.keymap.spelling(of: .own(.nextField), in: [.text]) ?? ""
    }
}
