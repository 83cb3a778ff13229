internal import Domain

/// Seconds that all readings are kept for, after the day that they are of.
private let whole: Int64 = 86_400
/// Seconds that the values of 5 minutes are kept for, after that.
private let fine: Int64 = 7 * 86_400
/// Seconds that are one value then.
private let fineStep: Int64 = 300
private let coarseStep: Int64 = 3_600

/// Thins what was measured by its age, and removes what is too old or too much: one small step at a time.
package struct SampleKeeping<Tables: SampleTables> {
    private let tables: Tables
    private let days: Int64
    private let bytes: Int64

    /// Looks after some tables.
    ///
    /// - Parameters:
    ///   - days: for how long is kept what was measured.
    ///   - bytes: what all of the history may have.
    package init(_ tables: Tables, days: Int, bytes: Int64) {
        self.tables = tables
        self.days = Int64(min(max(days, 0), 36_500))
        self.bytes = bytes
    }

    /// Does one step; whether there was any.
    package func step(at now: Int64, isTooLarge: Bool) throws(HistoryError) -> Bool {
        if try removeOld(now) { return true }
        if try bundle(now) { return true }
        if try thin(now) { return true }
        // Where all of it is too large, what was measured may have half of the room.
        return isTooLarge ? try removeOldest() : false
    }

    // MARK: Thinning

    /// Puts a day of readings of one sheet together.
    private func bundle(_ now: Int64) throws(HistoryError) -> Bool {
        // The oldest of any list; a list that was read whole days ago has none left.
        let oldest = try tables.oldestReading()
        guard let oldest, (oldest / 86_400 + 1) * 86_400 + whole <= now else { return false }
        let day = oldest / 86_400
        return try tables.transaction { () throws(HistoryError) in
            guard let sampling = try tables.sampling(ofReadingAt: oldest) else { return true }
            let readings = try tables.readings(sampling, day * 86_400..<(day + 1) * 86_400)
            for reading in readings {
                if let sheet = try tables.firstSheet(reading.id) {
                    try bundle(readings, sampling, sheet, day)
                    return true
                }
                // All of its sheets are in bundles.
                try tables.removeEmpty(reading.id)
            }
            return true
        }
    }

    private func bundle(
        _ readings: [StoredReading], _ sampling: Int64, _ sheet: Int64, _ day: Int64
    ) throws(HistoryError) {
        let fields = try tables.fields(sampling)
        // Nobody can say what it was.
        guard !fields.isEmpty else {
            try tables.noteBytes(-tables.removeReadings(.of(sampling: sampling)).bytes)
            return
        }
        var places: [SamplePlace] = []
        var codes: [[UInt8]] = []
        let taken = try tables.takeSheets(readings.map(\.id), sheet)
        for reading in readings {
            guard let found = taken[reading.id] else { continue }
            places.append(SamplePlace(at: reading.at, span: 0))
            codes.append(found)
        }
        var bytes = -codes.reduce(0) { $0 + $1.count }
        // A clock that was set back by days measures into a day that is in a bundle already.
        let known = try tables.bundle(sampling, sheet, day: day)
        var before: [Spot: [SampleCell]] = [:]
        if let known { before = try cells(known) }
        let step = max(fineStep, known?.step ?? 0)
        let all = (known?.places ?? []) + places
        let order = all.indices.sorted { (all[$0].at, $0) < (all[$1].at, $1) }
        let groups = SampleGroups(order.map { all[$0] }, step: step)
        var made: [SampleBlock] = []
        for member in 0..<SampleSheet.length {
            for (field, kept) in fields.enumerated() {
                let place = 2 * (Int(member) * fields.count + field)
                let cells =
                    (before[Spot(member: member, field: field)]
                        ?? Array(repeating: .none, count: known?.places.count ?? 0))
                    + codes.map { SampleCell(SampleBytes.code($0, place)) }
                let grouped = Self.grouped(order.map { cells[$0] }, groups, kept?.type ?? .number)
                guard let codes = SampleBytes.bytes(grouped) else { continue }
                made.append(SampleBlock(member: member, field: field, codes: codes))
            }
        }
        if let known { bytes -= try tables.remove(known) }
        try add(
            SampleBundle(
                id: 0, sampling: sampling, sheet: sheet, day: day, step: step, places: groups.places),
            made, besides: bytes)
    }

    /// Where the cells of a block are.
    private struct Spot: Hashable {
        var member: Int64
        var field: Int
    }

    /// The cells of a bundle, without those that can't be read.
    private func cells(_ bundle: SampleBundle) throws(HistoryError) -> [Spot: [SampleCell]] {
        var cells: [Spot: [SampleCell]] = [:]
        for block in try tables.blocks(bundle) {
            cells[Spot(member: block.member, field: block.field)] = bundle.cells(block.codes)
        }
        return cells
    }

    private static func grouped(
        _ cells: [SampleCell], _ groups: SampleGroups, _ type: FieldType
    ) -> [SampleCell] {
        groups.isThinned
            ? groups.ranges.map { $0.count == 1 ? cells[$0.lowerBound] : SampleCell(cells[$0], type) } : cells
    }

    /// Makes values of hours of an old bundle.
    private func thin(_ now: Int64) throws(HistoryError) -> Bool {
        let last = (now - fine) / 86_400
        guard try tables.oldestBundle(before: last, step: coarseStep) != nil else { return false }
        return try tables.transaction { () throws(HistoryError) in
            // Another process may have done it meanwhile.
            guard let bundle = try tables.oldestBundle(before: last, step: coarseStep) else { return true }
            let fields = try tables.fields(bundle.sampling)
            let groups = SampleGroups(bundle.places, step: coarseStep)
            var made: [SampleBlock] = []
            for block in try tables.blocks(bundle) where fields.indices.contains(block.field) {
                guard let cells = bundle.cells(block.codes),
                    let codes = SampleBytes.bytes(
                        Self.grouped(cells, groups, fields[block.field]?.type ?? .number))
                else { continue }
                made.append(SampleBlock(member: block.member, field: block.field, codes: codes))
            }
            var thinned = bundle
            (thinned.id, thinned.step, thinned.places) = (0, coarseStep, groups.places)
            try add(thinned, made, besides: -tables.remove(bundle))
            return true
        }
    }

    /// Writes a bundle, and counts its bytes.
    private func add(
        _ bundle: SampleBundle, _ blocks: [SampleBlock], besides bytes: Int
    ) throws(HistoryError) {
        try tables.add(bundle, blocks)
        try tables.noteBytes(blocks.reduce(bytes + bundle.times.count) { $0 + $1.codes.count })
    }

    // MARK: Removing

    private func removeOld(_ now: Int64) throws(HistoryError) -> Bool {
        let oldest = now - days * 86_400
        let isOld = try tables.oldestBundle(before: oldest / 86_400, step: .max) != nil
        let reading = try tables.oldestReading().map { $0 < oldest } ?? false
        guard isOld || reading else { return false }
        return try tables.transaction { () throws(HistoryError) in
            if let bundle = try tables.oldestBundle(before: oldest / 86_400, step: .max) {
                try tables.noteBytes(-tables.remove(bundle))
            } else if reading {
                try tables.noteBytes(-tables.removeReadings(.before(oldest, most: 100)).bytes)
            }
            // What was not seen for longer than anything is kept has no values any more.
            try tables.forget(before: oldest - 86_400)
            return true
        }
    }

    /// Removes the oldest of it where it has more than half of the room.
    private func removeOldest() throws(HistoryError) -> Bool {
        guard try tables.bytes() > bytes / 2 else { return false }
        return try tables.transaction { () throws(HistoryError) in
            if let bundle = try tables.oldestBundle(before: .max, step: .max) {
                try tables.noteBytes(-tables.remove(bundle))
                return true
            }
            let removed = try tables.removeReadings(.before(.max, most: 20))
            try tables.noteBytes(-removed.bytes)
            return removed.count > 0
        }
    }
}
