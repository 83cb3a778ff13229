internal import Domain

/// Sorts rows on two cores, in the order that `RowOrder` gives on one.
///
/// Level by level as there: half the rows that are still equal on each core. A run of equal rows that is cut in two by
/// that becomes two runs in order, and they are merged; what is equal in both comes from the first, so it is stable.
struct HalvedOrder: Sendable {
    let tables: [Table]
    /// A level with fewer rows is sorted on one core.
    let least: Int

    /// The rows in order; as they are without any key.
    func sorted(_ rows: [RowHandle], by order: [SortKey]) async -> [RowHandle] {
        guard !order.isEmpty, rows.count > 1 else { return rows }
        var part = Part(items: rows.map { Keyed(key: 0, value: $0.packed) }, runs: [0..<rows.count])
        for key in order where !part.runs.isEmpty {
            let count = part.count
            await TextRanks.prepare(tables, key.field, rowCount: count, least: least)
            let field = FieldOrder(tables, key, rowCount: count)
            part = await sorted(part, isWhole: field.ranksRowsAtHand) { field.setKeys(of: &$0, in: $1) }
        }
        // What is the same in every level is told apart by entity.
        part = await sorted(part, isWhole: false) { [tables] items, runs in
            for index in runs.joined() {
                let handle = RowHandle(packed: items[index].value)
                items[index].key = tables[handle.table].refs[handle.row].packed
            }
        }
        return part.items.map { RowHandle(packed: $0.value) }
    }

    private typealias SetKeys = @Sendable (inout [Keyed], [Range<Int>]) -> Void

    /// Items, and the runs of them that are not in order yet.
    private struct Part: Sendable {
        var items: [Keyed]
        var runs: [Range<Int>]

        var count: Int { runs.reduce(0) { $0 + $1.count } }

        /// The place before which half of what is not in order stands.
        var middle: Int {
            var left = count / 2
            for run in runs {
                if left <= run.count { return run.lowerBound + left }
                left -= run.count
            }
            return items.count
        }

        /// The items in a range, with the pieces of runs in it.
        func part(_ range: Range<Int>) -> Part {
            let pieces = runs.lazy.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
            return Part(
                items: Array(items[range]),
                runs: pieces.map { $0.lowerBound - range.lowerBound..<$0.upperBound - range.lowerBound })
        }

        mutating func sort(_ setKeys: SetKeys) {
            setKeys(&items, runs)
            var left: [Range<Int>] = []
            for run in runs {
                Keyed.sort(&items, run)
                Keyed.forEachRun(items, run) { left.append($0) }
            }
            runs = left
        }
    }

    private func sorted(_ part: Part, isWhole: Bool, _ setKeys: @escaping SetKeys) async -> Part {
        guard !isWhole, part.count >= least else {
            var part = part
            part.sort(setKeys)
            return part
        }
        let middle = part.middle
        async let upper = Self.sorted(part.part(middle..<part.items.count), setKeys)
        let lower = Self.sorted(part.part(0..<middle), setKeys)
        return Self.joined(
            lower, await upper, cut: part.runs.first { $0.lowerBound < middle && middle < $0.upperBound })
    }

    private static func sorted(_ part: Part, _ setKeys: SetKeys) -> Part {
        var part = part
        part.sort(setKeys)
        return part
    }

    /// - Parameter cut: the run that was cut in two.
    private static func joined(_ lower: Part, _ upper: Part, cut: Range<Int>?) -> Part {
        let middle = lower.items.count
        var joined = Part(items: lower.items + upper.items, runs: [])
        let above = upper.runs.lazy.map { $0.lowerBound + middle..<$0.upperBound + middle }
        guard let cut else {
            joined.runs = lower.runs + above
            return joined
        }
        joined.items.replaceSubrange(
            cut, with: merged(lower.items[cut.lowerBound...], upper.items[..<(cut.upperBound - middle)]))
        joined.runs = lower.runs.filter { $0.lowerBound < cut.lowerBound }
        Keyed.forEachRun(joined.items, cut) { joined.runs.append($0) }
        joined.runs += above.filter { $0.lowerBound >= cut.upperBound }
        return joined
    }

    private static func merged(_ a: ArraySlice<Keyed>, _ b: ArraySlice<Keyed>) -> [Keyed] {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                [Keyed](unsafeUninitializedCapacity: a.count + b.count) { merged, count in
                    var (i, j) = (0, 0)
                    while count < a.count + b.count {
                        let isFirst = j == b.count || i < a.count && a[i].key <= b[j].key
                        merged.initializeElement(at: count, to: isFirst ? a[i] : b[j])
                        if isFirst { i += 1 } else { j += 1 }
                        count += 1
                    }
                }
            }
        }
    }
}
