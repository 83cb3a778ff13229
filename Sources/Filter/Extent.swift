internal import Domain

/// What the shown rows hold of a field at the most: from it follows how wide a column has to be.
///
/// It is found with the arrangement, off the main thread where rows are many, and of all shown rows, so that no
/// column changes its width while the operator scrolls.
public enum Extent: Sendable, Equatable {
    /// No row has a value.
    case nothing
    /// Texts cover so many columns of a terminal at the most; characters of unusual width count as wide.
    case text(columns: Int)
    /// Few distinct words.
    case words([String])
    /// Whole numbers, moments, yes or no.
    case integers(ClosedRange<Int64>)
    /// Numbers with a fraction.
    case numbers(ClosedRange<Double>)
}

extension Extent {
    /// A column with more distinct words than this is measured like texts.
    private static let fewWords = 300

    /// The extents of every field of every table.
    static func all(_ handles: [RowHandle], _ request: Arrangement.Request) -> [[Extent]] {
        var counts = [Int](repeating: 0, count: request.tables.count)
        for handle in handles { counts[handle.table] += 1 }
        let known = request.tables.indices.map { place in
            counts[place] == request.tables[place].count
                ? ofWhole(request.tables[place], request.shortNames) : nil
        }
        var rows = [[Int]](repeating: [], count: request.tables.count)
        if known.contains(where: { $0 == nil }) {
            for place in rows.indices where known[place] == nil { rows[place].reserveCapacity(counts[place]) }
            for handle in handles where known[handle.table] == nil { rows[handle.table].append(handle.row) }
        }
        return request.tables.indices.map {
            known[$0] ?? extents(of: request.tables[$0], rows[$0], request.shortNames)
        }
    }

    private struct Whole: Equatable, Sendable {
        let revision: UInt64
        let names: ShortNames?
    }

    private static let wholes = KeptByTables<Whole, [Extent]>(most: 32)

    /// The extents of all rows of a table: the same in every order, so those of large ones are kept.
    private static func ofWhole(_ table: Table, _ names: ShortNames?) -> [Extent]? {
        guard table.count >= 1_000 else { return nil }
        let key = Whole(revision: table.revision, names: names)
        if let known = wholes.value(key) { return known }
        let made = extents(of: table, Array(0..<table.count), names)
        wholes.keep(made, key, [table])
        return made
    }

    private static func extents(of table: Table, _ rows: [Int], _ names: ShortNames?) -> [Extent] {
        zip(table.columns, table.resource.fields).map { column, field in
            let names = names.flatMap { $0.shortens(field, of: table.resource) ? $0 : nil }
            return rows.isEmpty ? .nothing : Extent(column, rows, names)
        }
    }

    private init(_ column: Column, _ rows: [Int], _ names: ShortNames?) {
        switch column.storage {
        case .text: self.init(textsOf: column, rows, names)
        case .words, .refs:
            var isUsed = [Bool](repeating: false, count: column.words.count)
            for row in rows { isUsed[Int(column.codes[row])] = true }
            isUsed[Int(Column.noWord)] = false
            let words = column.words.indices.lazy.filter { isUsed[$0] }.map { column.words[$0] }
            // What is referred to without a name is shown by its id.
            let nameless = column.packed.isEmpty ? [] : Self.nameless(column, rows)
            let used = Array(words.prefix(Self.fewWords + 1)) + nameless
            if used.isEmpty {
                self = .nothing
            } else if used.count <= Self.fewWords {
                self = .words(used)
            } else {
                var widest = 0
                for word in words where word.utf8.count > widest {
                    widest = max(widest, Self.columns((names?.short(word) ?? word).utf8))
                }
                self = .text(columns: widest)
            }
        case .integers:
            var (low, high) = (Int64.max, Int64.min)
            for row in rows {
                let integer = column.integers[row]
                guard integer != Column.noInteger else { continue }
                (low, high) = (min(low, integer), max(high, integer))
            }
            self = low <= high ? .integers(low...high) : .nothing
        case .numbers:
            var (low, high) = (Double.infinity, -Double.infinity)
            for row in rows {
                let number = column.numbers[row]
                guard !number.isNaN else { continue }
                (low, high) = (min(low, number), max(high, number))
            }
            self = low <= high ? .numbers(low...high) : .nothing
        }
    }

    private static func nameless(_ column: Column, _ rows: [Int]) -> [String] {
        var longest = ""
        for row in rows where column.codes[row] == Column.noWord && column.packed[row] != Column.noRef {
            let id = EntityRef(packed: column.packed[row]).id
            if id.utf8.count > longest.utf8.count { longest = id }
        }
        return longest.isEmpty ? [] : [longest]
    }

    private init(textsOf column: Column, _ rows: [Int], _ names: ShortNames?) {
        var widest = 0
        column.arena.withUnsafeBufferPointer { arena in
            for row in rows {
                let (start, end) = (Int(column.ends[row]), Int(column.ends[row + 1]))
                // No text covers more columns than it has bytes: few have to be looked at.
                guard end - start > widest else { continue }
                let columns = names.map {
                    Self.columns($0.short(String(decoding: arena[start..<end], as: UTF8.self)).utf8)
                }
                widest = max(widest, columns ?? Self.columns(arena[start..<end]))
            }
        }
        self = widest > 0 ? .text(columns: widest) : .nothing
    }

    /// The columns that a text covers at the most: what may be wide is counted so, marks as if they stood alone.
    static func columns(_ text: some Collection<UInt8>) -> Int {
        var columns = 0
        for byte in text {
            switch byte {
            case ..<0x80, 0xC0..<0xE0: columns += 1
            case 0x80..<0xC0: break
            default: columns += 2
            }
        }
        return columns
    }
}
