public import Domain

extension SQLiteHistory {
    /// What is in the file of measured values.
    public struct SampleFacts: Sendable, Hashable {
        /// Of how many entities values are recorded now.
        public var entities: Int64 = 0
        /// How many values there are, those that became one counted as one; nil where they were not counted.
        public var samples: Int64?
        /// How many bytes they have, without what the file needs around them.
        public var bytes: Int64 = 0
        /// When the oldest was measured.
        public var begins: Timestamp?
        /// What is wrong with them; empty where nothing is.
        public var faults: [String] = []
    }

    /// Looks at the measured values; all of them are read where `isThorough`.
    public func sampleFacts(isThorough: Bool = false) throws(HistoryError) -> SampleFacts {
        try reading { (database) throws(HistoryError) in
            var facts = SampleFacts()
            facts.entities = try database.number("SELECT count(*) FROM sampled WHERE active = 1") ?? 0
            facts.bytes = try SQLiteSamples(database: database).bytes()
            var samplings: [Sampling] = []
            try database.each("SELECT id, fields, step FROM sampling") { row in
                samplings.append(
                    Sampling(
                        id: row.number(0) ?? 0, fields: SampledField.all(row.text(1)),
                        step: row.number(2) ?? 0))
                return true
            }
            for sampling in samplings {
                guard let begins = try sampling.begins(in: database) else { continue }
                facts.begins = min(facts.begins ?? begins, begins)
            }
            if isThorough { try Self.count(&facts, in: database) }
            return facts
        }
    }

    private static func count(_ facts: inout SampleFacts, in database: Database) throws(HistoryError) {
        var samples: Int64 = 0
        var bytes: Int64 = 0
        try database.each("SELECT codes FROM sheet") { row in
            let codes = row.bytes(0)
            bytes += Int64(codes.count)
            for place in 0..<(codes.count / 2) where SampleBytes.code(codes, 2 * place) != TrendCode.none {
                samples += 1
            }
            return true
        }
        var unreadable = 0
        let tables = SQLiteSamples(database: database)
        for bundle in try tables.bundles("1") {
            bytes += Int64(4 * bundle.places.count)
            for block in try tables.blocks(bundle) {
                bytes += Int64(block.codes.count)
                guard let cells = bundle.cells(block.codes) else {
                    unreadable += 1
                    continue
                }
                samples += Int64(cells.count { $0.count > 0 })
            }
        }
        let lost =
            try database.number(
                "SELECT count(*) FROM block b WHERE NOT EXISTS (SELECT 1 FROM bundle WHERE id = b.id >> 12)")
            ?? 0
        facts.samples = samples
        if unreadable > 0 { facts.faults.append("\(unreadable) series of measured values can't be read") }
        if lost > 0 { facts.faults.append("\(lost) series of measured values belong to no day") }
        if bytes != facts.bytes {
            facts.faults.append("measured values have \(bytes) bytes, not \(facts.bytes) as was counted")
        }
    }

    /// The entities whose values are recorded, by kind and id, or by the name of one or of its device; all without any.
    public func sampled(
        kind: ResourceKind? = nil, id: String? = nil, name: String? = nil
    ) throws(HistoryError) -> [SampledEntity] {
        try use { (database) throws(HistoryError) in
            var found: [SampledEntity] = []
            try database.each(
                """
                SELECT l.backend, l.kind, s.entity, s.name, s.device, max(s.id) FROM sampled s
                JOIN sampling l ON l.id = s.sampling
                WHERE (?1 IS NULL OR l.kind = ?1) AND (?2 IS NULL OR s.entity = ?2)
                AND (?3 IS NULL OR s.name = ?3 OR s.device = ?3)
                GROUP BY l.backend, l.kind, s.entity ORDER BY l.backend, l.kind, s.device, max(s.id)
                """,
                [kind?.rawValue, id, name].map { $0.map { .text($0) } ?? .null }
            ) { row in
                found.append(
                    SampledEntity(
                        entity: EntityName(
                            backend: row.text(0), kind: ResourceKind(rawValue: row.text(1)), id: row.text(2)),
                        name: row.text(3), device: row.text(4)))
                return true
            }
            return found
        }
    }
}

/// An entity whose values are recorded, with what it was called when that began.
public struct SampledEntity: Hashable, Sendable {
    /// Which it is.
    public var entity: EntityName
    /// What it was called, and the device that it belongs to; empty for none.
    public var name: String, device: String

    /// Names an entity.
    public init(entity: EntityName, name: String, device: String) {
        (self.entity, self.name, self.device) = (entity, name, device)
    }
}
