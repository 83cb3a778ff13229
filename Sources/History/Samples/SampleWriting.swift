internal import Domain

/// What others do not use for so many seconds is given to them where there is no room.
private let idleTime: Int64 = 86_400
/// Seconds between two notes of when an entity was seen.
private let noteInterval: Int64 = 3_600
/// How many entities are dropped, and begun for others, with one reading.
private let mostDropped = 500
/// How many that somebody looks at have places where there are none left.
private let mostLookedAt = 500

/// What one reading of measured values writes, within one transaction.
package struct SampleWriting<Tables: SampleTables> {
    private let tables: Tables
    private let reading: SampleReading
    private let columns: SampleColumns

    /// Nil where nothing is measured.
    package init?(_ reading: SampleReading, in tables: Tables) {
        guard let columns = SampleColumns(reading) else { return nil }
        (self.tables, self.reading, self.columns) = (tables, reading, columns)
    }

    private var at: Int64 { reading.at.seconds }

    /// Records it; nothing where that was recorded shortly before.
    package func record() throws(HistoryError) {
        let sampling = try tables.sampling(
            reading.list, columns.fields.map(\.word).joined(separator: " "), step: interval)
        let rows = try rows(sampling)
        let members = Dictionary(grouping: rows) { $0.id / SampleSheet.length }
        let sheets = members.keys.sorted()
        // The readings of this list that were recorded shortly before or after, by whichever process: only what they
        // lack is recorded.
        let near = try tables.readings(sampling, near: at, within: max(1, interval * 9 / 10))
        // What another process read at the same moment is one reading; what came later has its own time.
        var id = near.first { abs(at - $0.at) <= Self.tolerance(interval) }?.id
        var known: [Int64: [UInt16]] = [:]
        if let id { known = try codes(id, sheets) }
        var others: [[Int64: [UInt16]]] = []
        for other in near where other.id != id { others.append(try codes(other.id, sheets)) }
        var changed: [Int64: [UInt8]] = [:]
        var bytes = 0
        for sheet in sheets {
            let before = known[sheet] ?? []
            var codes = before
            let beside = others.compactMap { $0[sheet] }
            for (member, row) in members[sheet] ?? [] {
                set(row, at: Int(member % SampleSheet.length), besides: beside, in: &codes)
            }
            guard codes != before else { continue }
            changed[sheet] = SampleBytes.bytes(codes)
            bytes += 2 * (codes.count - before.count)
        }
        if !changed.isEmpty {
            let made: Int64
            if let id { made = id } else { made = try tables.addReading(sampling, at: at) }
            try tables.put(changed, of: made)
            if bytes != 0 { try tables.noteBytes(bytes) }
            id = made
        }
        if id != nil { try tables.noteBegun(reading.list, at: at) }
    }

    /// Seconds within which two readings are one.
    private static func tolerance(_ interval: Int64) -> Int64 { max(1, interval / 10) }

    private func codes(_ reading: Int64, _ sheets: [Int64]) throws(HistoryError) -> [Int64: [UInt16]] {
        try tables.sheets(reading, sheets).mapValues { bytes in
            (0..<(bytes.count / 2)).map { SampleBytes.code(bytes, 2 * $0) }
        }
    }

    /// Puts what is known of a row in its place, where nothing is, and nothing was shortly before or after.
    private func set(_ row: Int, at member: Int, besides others: [[UInt16]], in codes: inout [UInt16]) {
        let fields = columns.fields.count
        for (field, column) in columns.codes.enumerated() where column[row] != TrendCode.none {
            let place = member * fields + field
            if others.contains(where: { place < $0.count && $0[place] != TrendCode.none }) { continue }
            if place >= codes.count {
                codes += Array(repeating: TrendCode.none, count: place + 1 - codes.count)
            }
            if codes[place] == TrendCode.none { codes[place] = column[row] }
        }
    }

    private var interval: Int64 { reading.interval }

    // MARK: Which rows

    /// The rows whose values are recorded, with the numbers of their entities: more where there is room.
    private func rows(_ sampling: Int64) throws(HistoryError) -> [(id: Int64, row: Int)] {
        let table = reading.table
        var rows: [(id: Int64, row: Int)] = []
        var idle: [SampleMember] = []
        var isTaken = Array(repeating: false, count: table.count)
        var noted: [SampleMember] = []
        let members = try tables.members(sampling)
        for var member in members {
            let entity = EntityRef(table.backend, table.resource.kind, id: member.entity)
            if let row = table.row(of: entity) {
                isTaken[row] = true
                rows.append((member.id, row))
                let isSeen = columns.isKnown(row) && abs(at - member.seen) >= noteInterval
                let isUsed = columns.weight(row) > 0 && abs(at - member.used) >= noteInterval
                if isSeen { member.seen = at }
                if isUsed { member.used = at }
                if isSeen || isUsed { noted.append(member) }
            }
            // Idle is what was read for a day and carried nothing, not what nobody read.
            if member.seen - member.used >= idleTime, !reading.wanted.contains(entity.id) {
                idle.append(member)
            }
        }
        if !noted.isEmpty { try tables.note(noted, sampling) }
        let begun = try begin(
            sampling, isTaken, room: StoredSamples.mostOfList - members.count, idle: idle)
        let dropped = begun.dropped
        return rows.filter { !dropped.contains($0.id) } + begun.rows
    }

    /// Begins to record rows: those that somebody looks at, then those that carry most.
    private func begin(
        _ sampling: Int64, _ isTaken: [Bool], room: Int, idle: [SampleMember]
    ) throws(HistoryError) -> (rows: [(id: Int64, row: Int)], dropped: Set<Int64>) {
        let table = reading.table
        let wanted = reading.wanted.sorted().compactMap { id -> Int? in
            let row = table.row(of: EntityRef(table.backend, table.resource.kind, id: id))
            return row.flatMap { isTaken[$0] || !columns.isKnown($0) ? nil : $0 }
        }
        var free = isTaken.indices.filter { !isTaken[$0] && columns.isKnown($0) }
        guard !free.isEmpty else { return ([], []) }
        // Where there is no room, what is idle makes room for what is not.
        var dropped: Set<Int64> = []
        if free.count > room {
            free.removeAll { room <= 0 && columns.weight($0) == 0 && !wanted.contains($0) }
            let missing = min(free.count - max(0, room), mostDropped)
            dropped = Set(idle.sorted { $0.used < $1.used }.prefix(max(0, missing)).map(\.id))
            if !dropped.isEmpty { try tables.leave(dropped, sampling) }
        }
        // What is looked at has some places of its own.
        let places = max(max(0, room) + dropped.count, min(wanted.count, room + mostLookedAt))
        guard places > 0 else { return ([], []) }
        let first = Set(wanted)
        let chosen =
            free.count <= places
            ? free
            : Array(
                free.map { (row: $0, weight: first.contains($0) ? Int.max : columns.weight($0)) }
                    .sorted { $0.weight > $1.weight }.prefix(places).map(\.row))
        let device = table.resource.index(of: .device)
        let names = chosen.map { row in
            SampledName(
                entity: table.refs[row].id, name: table.name(row),
                device: device.map { table.text(row, $0) } ?? "")
        }
        return (Array(zip(try tables.begin(names, sampling, at: at), chosen)), dropped)
    }
}

/// How entities share sheets.
package enum SampleSheet {
    /// How many entities a sheet has.
    package static let length: Int64 = 256
}
