internal import Domain

extension SQLiteHistory {
    /// Records what a list has measured, in one transaction; nothing where that was recorded shortly before.
    public func record(_ reading: SampleReading) throws(HistoryError) {
        guard let columns = SampleColumns(reading) else { return }
        try use { (database) throws(HistoryError) in
            try database.transaction { () throws(HistoryError) in
                try SampleWriting(database, reading, columns).record()
            }
        }
    }
}

/// What one reading of measured values writes, within one transaction.
struct SampleWriting {
    /// How many entities a sheet has.
    static let sheet: Int64 = 256
    /// What others do not use for so many seconds is given to them where there is no room.
    private static let idleTime: Int64 = 86_400
    /// Seconds between two notes of when an entity was seen.
    private static let noteInterval: Int64 = 3_600
    /// How many entities are dropped, and begun for others, with one reading.
    private static let mostDropped = 500
    /// How many that somebody looks at have places where there are none left.
    private static let mostLookedAt = 500

    let database: Database
    let reading: SampleReading
    let columns: SampleColumns

    init(_ database: Database, _ reading: SampleReading, _ columns: SampleColumns) {
        self.database = database
        self.reading = reading
        self.columns = columns
    }

    private var at: Int64 { reading.at.seconds }

    func record() throws(HistoryError) {
        let sampling = try sampling()
        let rows = try rows(sampling)
        let near = try recent(sampling)
        // What another process read at the same moment is one reading; what came later has its own time.
        let found = near.first { abs(at - $0.at) <= max(1, interval / 10) }?.id
        var id = found
        for (sheet, members) in Dictionary(grouping: rows, by: { $0.id / Self.sheet }).sorted(by: {
            $0.key < $1.key
        }) {
            var codes: [UInt16] = []
            if let found { codes = try self.codes(found, sheet) }
            let known = codes
            var others: [[UInt16]] = []
            for other in near where other.id != found { others.append(try self.codes(other.id, sheet)) }
            for (member, row) in members {
                set(row, at: Int(member % Self.sheet), besides: others, in: &codes)
            }
            guard codes != known else { continue }
            if id == nil {
                try database.run(
                    "INSERT INTO reading(sampling, at) VALUES(?1, ?2)", [.integer(sampling), .integer(at)])
                id = database.lastRow
            }
            guard let id else { continue }
            let bytes = SampleBytes.bytes(codes)
            try database.run(
                "INSERT OR REPLACE INTO sheet(id, codes) VALUES(?1, ?2)",
                [.integer(id << 20 | sheet), .bytes(bytes)])
            try Self.note(bytes.count - 2 * known.count, in: database)
        }
        if id != nil {
            try database.run(
                "INSERT OR IGNORE INTO moment(name, value) VALUES('began', ?1)", [.integer(at)])
        }
    }

    /// Counts the bytes of all that was measured.
    static func note(_ bytes: Int, in database: Database) throws(HistoryError) {
        guard bytes != 0 else { return }
        try database.run(
            """
            INSERT INTO moment(name, value) VALUES('sample_bytes', ?1) ON CONFLICT(name) DO UPDATE
            SET value = value + ?1
            """, [.integer(Int64(bytes))])
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

    private func codes(_ reading: Int64, _ sheet: Int64) throws(HistoryError) -> [UInt16] {
        var bytes: [UInt8] = []
        try database.each("SELECT codes FROM sheet WHERE id = ?1", [.integer(reading << 20 | sheet)]) {
            bytes = $0.bytes(0)
            return false
        }
        return (0..<(bytes.count / 2)).map { SampleBytes.code(bytes, 2 * $0) }
    }

    private var interval: Int64 { reading.interval }

    /// The readings of this list that were recorded shortly before or after, by whichever process, the nearest first: only
    /// what they lack is recorded.
    private func recent(_ sampling: Int64) throws(HistoryError) -> [(id: Int64, at: Int64)] {
        let step = max(1, interval * 9 / 10)
        var found: [(id: Int64, at: Int64)] = []
        try database.each(
            """
            SELECT id, at FROM reading WHERE sampling = ?1 AND at > ?2 AND at < ?3 ORDER BY abs(at - ?4)
            """, [.integer(sampling), .integer(at - step), .integer(at + step), .integer(at)]
        ) { row in
            found.append((row.number(0) ?? 0, row.number(1) ?? 0))
            return true
        }
        return found
    }

    /// The number of the list with these fields.
    private func sampling() throws(HistoryError) -> Int64 {
        let list: [Cell] = [
            .text(reading.list.backend), .text(reading.list.kind.rawValue),
            .text(columns.fields.map(\.word).joined(separator: " ")),
            .integer(interval),
        ]
        let known = try database.number(
            "SELECT id FROM sampling WHERE backend = ?1 AND kind = ?2 AND fields = ?3 AND step = ?4", list)
        if let known { return known }
        try database.run(
            """
            INSERT INTO sampling(backend, kind, fields, step) VALUES(?1, ?2, ?3, ?4)
            ON CONFLICT(backend, kind, fields) DO UPDATE SET step = ?4
            """, list)
        return try database.number(
            "SELECT id FROM sampling WHERE backend = ?1 AND kind = ?2 AND fields = ?3",
            Array(list.dropLast())) ?? 0
    }

    // MARK: Which rows

    private struct Member {
        var id: Int64
        var seen: Int64
        var used: Int64
    }

    /// The rows whose values are recorded, with the numbers of their entities: more where there is room.
    private func rows(_ sampling: Int64) throws(HistoryError) -> [(id: Int64, row: Int)] {
        let table = reading.table
        var rows: [(id: Int64, row: Int)] = []
        var count = 0
        var idle: [Member] = []
        var isTaken = Array(repeating: false, count: table.count)
        var noted: [Member] = []
        try database.each(
            "SELECT id, entity, seen, used FROM sampled WHERE sampling = ?1 AND active = 1",
            [.integer(sampling)]
        ) { result in
            count += 1
            var member = Member(
                id: result.number(0) ?? 0, seen: result.number(2) ?? 0, used: result.number(3) ?? 0)
            let entity = EntityRef(table.backend, table.resource.kind, id: result.text(1))
            if let row = table.row(of: entity) {
                isTaken[row] = true
                rows.append((member.id, row))
                let isSeen = columns.isKnown(row) && abs(at - member.seen) >= Self.noteInterval
                let isUsed = columns.weight(row) > 0 && abs(at - member.used) >= Self.noteInterval
                if isSeen { member.seen = at }
                if isUsed { member.used = at }
                if isSeen || isUsed { noted.append(member) }
            }
            // Idle is what was read for a day and carried nothing, not what nobody read.
            if member.seen - member.used >= Self.idleTime, !reading.wanted.contains(entity.id) {
                idle.append(member)
            }
            return true
        }
        for member in noted {
            try database.run(
                "UPDATE sampled SET seen = ?2, used = ?3 WHERE id = ?1",
                [.integer(member.id), .integer(member.seen), .integer(member.used)])
        }
        let begun = try begin(sampling, isTaken, room: StoredSamples.mostOfList - count, idle: idle)
        let dropped = begun.dropped
        return rows.filter { !dropped.contains($0.id) } + begun.rows
    }

    /// Begins to record rows: those that somebody looks at, then those that carry most.
    private func begin(
        _ sampling: Int64, _ isTaken: [Bool], room: Int, idle: [Member]
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
            let missing = min(free.count - max(0, room), Self.mostDropped)
            dropped = Set(idle.sorted { $0.used < $1.used }.prefix(max(0, missing)).map(\.id))
            for id in dropped {
                try database.run("UPDATE sampled SET active = 0 WHERE id = ?1", [.integer(id)])
            }
        }
        // What is looked at has some places of its own.
        let places = max(max(0, room) + dropped.count, min(wanted.count, room + Self.mostLookedAt))
        guard places > 0 else { return ([], []) }
        let first = Set(wanted)
        let chosen =
            free.count <= places
            ? free
            : Array(
                free.map { (row: $0, weight: first.contains($0) ? Int.max : columns.weight($0)) }
                    .sorted { $0.weight > $1.weight }.prefix(places).map(\.row))
        let device = table.resource.index(of: .device)
        var rows: [(id: Int64, row: Int)] = []
        for row in chosen {
            let values: [Cell] = [
                .integer(sampling), .text(table.refs[row].id), .text(table.name(row)),
                .text(device.map { table.text(row, $0) } ?? ""), .integer(at),
            ]
            try database.run(
                """
                INSERT INTO sampled(sampling, entity, name, device, active, seen, used)
                VALUES(?1, ?2, ?3, ?4, 1, ?5, ?5) ON CONFLICT(sampling, entity) DO UPDATE
                SET name = ?3, device = ?4, active = 1, seen = ?5, used = ?5
                """, values)
            let id = try database.number(
                "SELECT id FROM sampled WHERE sampling = ?1 AND entity = ?2", Array(values.prefix(2)))
            if let id { rows.append((id, row)) }
        }
        return (rows, dropped)
    }
}
