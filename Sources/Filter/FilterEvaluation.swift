internal import Domain

/// One evaluation of a compiled filter over one table; a thread of its own.
struct FilterEvaluation {
    let table: Table
    let isCancelled: () -> Bool
    /// Rows on which a pattern gave up: they pass nothing, not even a negation.
    private(set) var undecided: RowSet
    private(set) var wasCancelled = false
    private let scratch = Regex.Scratch()

    /// The rows that are looked at: no candidate is another.
    private let range: Range<Int>

    init(_ table: Table, _ range: Range<Int>? = nil, isCancelled: @escaping () -> Bool) {
        self.table = table
        self.range = range ?? 0..<table.count
        self.isCancelled = isCancelled
        undecided = RowSet(capacity: table.count)
    }

    /// The candidates that pass; less than all of them when it was cancelled.
    mutating func rows(_ filter: CompiledFilter, among candidates: RowSet) -> RowSet {
        if wasCancelled || isCancelled() {
            wasCancelled = true
            return RowSet(capacity: table.count)
        }
        switch filter {
        case .constant(let passes): return passes ? candidates : RowSet(capacity: table.count)
        case .not(let inner): return candidates.subtracting(rows(inner, among: candidates))
        case .all(let terms):
            var left = candidates
            for term in terms {
                left = rows(term, among: left)
                if left.isEmpty { break }
            }
            return left
        case .any(let terms):
            var found = RowSet(capacity: table.count)
            for term in terms {
                let more = rows(term, among: candidates.subtracting(found))
                found.formUnion(more)
            }
            return found
        case .entities(let entities):
            return candidates.filter { entities.contains(table.refs[$0]) }
        case .word(let folded, let exact):
            let found = containing(folded, among: candidates)
            guard let exact else { return found }
            let columns = table.columns.filter(\.holdsText)
            return exact.withUnsafeBufferPointer { exact in
                found.filter { row in
                    columns.contains { $0.withText(row) { Bytes.find(exact, in: $0) != nil } }
                }
            }
        case .text(let column, let folded, let exact, let isWhole):
            return texts(column, folded, exact, isWhole, among: candidates)
        case .pattern(let regex): return matching(regex, among: candidates)
        case .columnPattern(let column, let regex):
            let table = table
            return matching(among: candidates) { [scratch] row in
                table.columns[column].withText(row) { regex.match($0, scratch) }
            }
        case .codes(let column, let passes):
            return table.columns[column].codes.withUnsafeBufferPointer { codes in
                passes.withUnsafeBufferPointer { passes in candidates.filter { passes[Int(codes[$0])] } }
            }
        case .integers, .numbers, .ages, .absent: return values(filter, among: candidates)
        }
    }

    private func values(_ filter: CompiledFilter, among candidates: RowSet) -> RowSet {
        switch filter {
        case .integers(let column, let range):
            return table.columns[column].integers.withUnsafeBufferPointer { integers in
                candidates.filter {
                    integers[$0] != Column.noInteger && range.contains(Double(integers[$0]))
                }
            }
        case .numbers(let column, let range):
            return table.columns[column].numbers.withUnsafeBufferPointer { numbers in
                candidates.filter { range.contains(numbers[$0]) }
            }
        case .ages(let columns, let now, let range):
            return candidates.filter { row in
                for column in columns {
                    let moment = table.columns[column].integers[row]
                    if moment != Column.noInteger { return range.contains(Double(now &- moment)) }
                }
                return false
            }
        case .absent(let column):
            let data = table.columns[column]
            switch data.storage {
            case .text: return candidates.filter { data.ends[$0] == data.ends[$0 + 1] }
            case .words: return candidates.filter { data.codes[$0] == Column.noWord }
            case .refs:
                return candidates.filter {
                    data.codes[$0] == Column.noWord && data.packed[$0] == Column.noRef
                }
            case .integers: return candidates.filter { data.integers[$0] == Column.noInteger }
            case .numbers: return candidates.filter { data.numbers[$0].isNaN }
            }
        default: return RowSet(capacity: table.count)
        }
    }

    /// The rows whose folded text holds a word.
    private func containing(_ word: [UInt8], among candidates: RowSet) -> RowSet {
        let folded = table.folded
        return folded.bytes.withUnsafeBufferPointer { bytes in
            folded.offsets.withUnsafeBufferPointer { offsets in
                word.withUnsafeBufferPointer { word in
                    // Looking at few rows one by one is faster than at all of them at once.
                    if candidates.count < range.count / 4 {
                        return candidates.filter { row in
                            let text = bytes[Int(offsets[row])..<Int(offsets[row + 1])]
                            return Bytes.find(word, in: UnsafeBufferPointer(rebasing: text)) != nil
                        }
                    }
                    var found = RowSet(capacity: table.count)
                    let bytes = UnsafeBufferPointer(rebasing: bytes[..<Int(offsets[range.upperBound])])
                    var row = range.lowerBound
                    var from = Int(offsets[row])
                    while let hit = Bytes.find(word, in: bytes, from: from) {
                        while Int(offsets[row + 1]) <= hit { row += 1 }
                        if candidates.contains(row) { found.insert(row) }
                        from = Int(offsets[row + 1])
                    }
                    return found
                }
            }
        }
    }

    private func texts(
        _ column: Int, _ folded: [UInt8], _ exact: [UInt8]?, _ isWhole: Bool, among candidates: RowSet
    ) -> RowSet {
        let rows = folded.isEmpty ? candidates : containing(folded, among: candidates)
        let data = table.columns[column]
        func test(_ text: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
            isWhole ? Bytes.equal(text, needle) : Bytes.find(needle, in: text) != nil
        }
        if let exact {
            return exact.withUnsafeBufferPointer { exact in
                rows.filter { row in data.withText(row) { test($0, exact) } }
            }
        }
        let all = table.folded
        guard let place = all.place(of: column) else { return RowSet(capacity: table.count) }
        return all.bytes.withUnsafeBufferPointer { bytes in
            folded.withUnsafeBufferPointer { folded in
                rows.filter { row in
                    let text = bytes[Int(all.offsets[row])..<Int(all.offsets[row + 1])]
                    let row = UnsafeBufferPointer(rebasing: text)
                    return test(Bytes.field(place, of: row, separator: FoldedText.separator), folded)
                }
            }
        }
    }

    /// A whole folded row is searched at once; only what matched across fields is looked at field by field.
    private mutating func matching(_ regex: Regex, among candidates: RowSet) -> RowSet {
        let folded = table.folded
        return folded.bytes.withUnsafeBufferPointer { bytes in
            matching(among: candidates) { [scratch] row in
                let start = Int(folded.offsets[row])
                let end = Int(folded.offsets[row + 1])
                guard end > start else { return .no }
                let text = UnsafeBufferPointer(rebasing: bytes[start..<end - 1])
                let verdict = regex.match(text, scratch)
                guard case .yes(let range) = verdict, text[range].contains(FoldedText.separator) else {
                    return verdict
                }
                for place in folded.columns.indices {
                    let field = Bytes.field(place, of: text, separator: FoldedText.separator)
                    let verdict = regex.match(field, scratch)
                    if verdict != .no { return verdict }
                }
                return .no
            }
        }
    }

    private mutating func matching(among candidates: RowSet, _ match: (Int) -> Regex.Verdict) -> RowSet {
        var found = RowSet(capacity: table.count)
        var tested = 0
        candidates.forEach { row in
            tested += 1
            if tested % 1024 == 0, isCancelled() {
                wasCancelled = true
                return false
            }
            switch match(row) {
            case .yes: found.insert(row)
            case .no: break
            case .gaveUp: undecided.insert(row)
            }
            return true
        }
        return found
    }
}
