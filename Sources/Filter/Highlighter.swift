public import Domain

/// Finds what an expression matched in a shown text; made once per expression.
public struct Highlighter: Sendable {
    private var terms: [Term] = []
    private var hasPatterns = false

    /// What is looked for, and in which field; nil is in every field.
    private struct Term: Sendable {
        var field: FieldKey?
        var search: Search
    }

    private enum Search: Sendable {
        case folded([UInt8]), exact([UInt8]), pattern(Regex)
        case whole(FilterText)
    }

    /// Prepares the terms of an expression that ask for text; what it negates is never highlighted.
    public init(_ expression: FilterExpression) { collect(expression) }

    /// Whether there is nothing that could be highlighted.
    public var isEmpty: Bool { terms.isEmpty }

    /// The parts of a field's shown text that matched, in order, without overlaps, in whole characters.
    public func ranges(in text: String, of field: FieldKey) -> [Range<String.Index>] {
        guard !text.isEmpty, terms.contains(where: { $0.field == nil || $0.field == field }) else {
            return []
        }
        let raw = Array(text.utf8)
        let folded = FoldedWithPlaces(text, raw)
        let scratch = hasPatterns ? Regex.Scratch(forFewTexts: true) : nil
        var found: [Range<Int>] = []
        for term in terms where term.field == nil || term.field == field {
            switch term.search {
            case .exact(let word): found += Self.places(of: word, in: raw)
            case .folded(let word):
                found += Self.places(of: word, in: folded.bytes).map {
                    folded.isPlain ? $0 : folded.starts[$0.lowerBound]..<folded.ends[$0.upperBound - 1]
                }
            case .pattern(let regex):
                if let scratch { found += Self.matches(of: regex, in: raw, scratch) }
            case .whole(let whole):
                let isSame = whole.matchesCase ? whole.text == text : Folding.fold(whole.text) == folded.bytes
                if isSame { found.append(0..<raw.count) }
            }
        }
        return found.isEmpty ? [] : Self.joined(found, in: text)
    }

    private mutating func collect(_ expression: FilterExpression) {
        switch expression {
        case .text(let text): add(text, in: nil)
        case .pattern(let pattern): add(pattern, in: nil)
        case .field(let key, .contains(let text)): add(text, in: key)
        case .field(let key, .matches(let pattern)): add(pattern, in: key)
        case .field(let key, .equals(let text)) where !text.text.isEmpty:
            terms.append(Term(field: key, search: .whole(text)))
        case .all(let inner), .any(let inner): inner.forEach { collect($0) }
        case .everything, .field, .backend, .condition, .not: break
        }
    }

    private mutating func add(_ text: FilterText, in field: FieldKey?) {
        guard !text.text.isEmpty else { return }
        let search: Search =
            text.matchesCase ? .exact(Array(text.text.utf8)) : .folded(Folding.fold(text.text))
        terms.append(Term(field: field, search: search))
    }

    private mutating func add(_ pattern: FilterPattern, in field: FieldKey?) {
        guard let regex = try? Regex.compile(pattern.source, matchesCase: pattern.matchesCase) else { return }
        terms.append(Term(field: field, search: .pattern(regex)))
        hasPatterns = true
    }

    private static func places(of word: [UInt8], in text: [UInt8]) -> [Range<Int>] {
        word.withUnsafeBufferPointer { word in
            text.withUnsafeBufferPointer { text in
                var found: [Range<Int>] = []
                var from = 0
                while let place = Bytes.find(word, in: text, from: from) {
                    found.append(place..<place + word.count)
                    from = place + word.count
                }
                return found
            }
        }
    }

    private static func matches(of regex: Regex, in text: [UInt8], _ scratch: Regex.Scratch) -> [Range<Int>] {
        text.withUnsafeBufferPointer { text in
            var found: [Range<Int>] = []
            var from = 0
            while from < text.count, case .yes(let range) = regex.match(text, from: from, scratch) {
                if !range.isEmpty { found.append(range) }
                // PCRE2 wants to start at a character, not in the middle of one.
                from = max(range.upperBound, from)
                if range.isEmpty {
                    from += 1
                    while from < text.count, text[from] & 0xC0 == 0x80 { from += 1 }
                }
            }
            return found
        }
    }

    /// Overlapping parts as one, widened to whole characters.
    private static func joined(_ found: [Range<Int>], in text: String) -> [Range<String.Index>] {
        var joined: [Range<String.Index>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            var start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
            var end = text.utf8.index(text.startIndex, offsetBy: range.upperBound)
            start = text.rangeOfCharacter(at: start).lowerBound
            if end < text.endIndex, text.rangeOfCharacter(at: end).lowerBound != end {
                end = text.rangeOfCharacter(at: end).upperBound
            }
            if let last = joined.last, start <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, end)
            } else {
                joined.append(start..<end)
            }
        }
        return joined
    }
}

extension String {
    /// The character that an index lies in.
    fileprivate func rangeOfCharacter(at index: Index) -> Range<Index> {
        let next = self.index(after: index)
        let start = self.index(before: next)
        return start..<next
    }
}

/// A folded text that knows where each of its bytes comes from.
private struct FoldedWithPlaces {
    var bytes: [UInt8] = []
    /// Whether every byte comes from the one at its own place.
    let isPlain: Bool
    /// Else for every byte, where the character that it comes from starts and ends in the text as written.
    var starts: [Int] = []
    var ends: [Int] = []

    init(_ text: String, _ raw: [UInt8]) {
        isPlain = raw.allSatisfy { $0 < 0x80 }
        if isPlain {
            raw.withUnsafeBufferPointer { Folding.fold($0, into: &bytes) }
            return
        }
        var place = 0
        for scalar in text.unicodeScalars {
            Folding.append(scalar, to: &bytes)
            let next = place + UTF8.width(scalar)
            while starts.count < bytes.count {
                starts.append(place)
                ends.append(next)
            }
            place = next
        }
    }
}
