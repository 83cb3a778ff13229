package import Domain

/// What a store of measured values does by itself; what is recorded, thinned and removed is decided in one place for all
/// stores.
///
/// A list with its fields is a sampling. Its entities have numbers, 256 of which share a sheet: what one reading measured
/// of them. The readings of a day of one sheet become a bundle, with a block for each entity and field.
package protocol SampleTables {
    // MARK: Recording

    /// The number of a list with some fields, which is made where there is none.
    func sampling(_ list: HistoryList, _ fields: String, step: Int64) throws(HistoryError) -> Int64
    /// The entities whose values are recorded.
    func members(_ sampling: Int64) throws(HistoryError) -> [SampleMember]
    /// Notes when entities had a value last.
    func note(_ members: [SampleMember], _ sampling: Int64) throws(HistoryError)
    /// Records the values of some entities no more.
    func leave(_ members: Set<Int64>, _ sampling: Int64) throws(HistoryError)
    /// Records the values of some entities from now on; their numbers, in the same order.
    func begin(
        _ entities: [SampledName], _ sampling: Int64, at moment: Int64
    ) throws(HistoryError) -> [Int64]
    /// The readings less than so many seconds away from a moment, the nearest first.
    func readings(
        _ sampling: Int64, near moment: Int64, within seconds: Int64
    ) throws(HistoryError) -> [StoredReading]
    /// The sheets of a reading, by their numbers.
    func sheets(_ reading: Int64, _ numbers: [Int64]) throws(HistoryError) -> [Int64: [UInt8]]
    /// Adds a reading.
    func addReading(_ sampling: Int64, at moment: Int64) throws(HistoryError) -> Int64
    /// Writes sheets of a reading.
    func put(_ sheets: [Int64: [UInt8]], of reading: Int64) throws(HistoryError)
    /// Notes when recording began, where nothing says so yet.
    func noteBegun(_ list: HistoryList, at moment: Int64) throws(HistoryError)
    /// Counts the bytes of all that was measured.
    func noteBytes(_ bytes: Int) throws(HistoryError)

    // MARK: Keeping

    /// Does all of some work, or none of it.
    func transaction<Result>(_ work: () throws(HistoryError) -> Result) throws(HistoryError) -> Result
    /// The moment of the oldest reading that is no part of a bundle.
    func oldestReading() throws(HistoryError) -> Int64?
    /// The sampling of a reading of a moment.
    func sampling(ofReadingAt moment: Int64) throws(HistoryError) -> Int64?
    /// The readings of a time, the first first.
    func readings(_ sampling: Int64, _ time: Range<Int64>) throws(HistoryError) -> [StoredReading]
    /// Any sheet of a reading.
    func firstSheet(_ reading: Int64) throws(HistoryError) -> Int64?
    /// Takes one sheet out of readings, by the reading.
    func takeSheets(_ readings: [Int64], _ sheet: Int64) throws(HistoryError) -> [Int64: [UInt8]]
    /// Removes a reading that has no sheets any more.
    func removeEmpty(_ reading: Int64) throws(HistoryError)
    /// Removes readings with their sheets: of a sampling, or the oldest before a moment, so many at most.
    func removeReadings(_ which: WhichReadings) throws(HistoryError) -> (count: Int, bytes: Int)
    /// The fields of a sampling; empty where nobody can say what they were.
    func fields(_ sampling: Int64) throws(HistoryError) -> [SampledField?]
    /// The bundle of a day.
    func bundle(_ sampling: Int64, _ sheet: Int64, day: Int64) throws(HistoryError) -> SampleBundle?
    /// The oldest bundle before a day, of those with shorter steps than so many seconds.
    func oldestBundle(before day: Int64, step: Int64) throws(HistoryError) -> SampleBundle?
    /// The blocks of a bundle.
    func blocks(_ bundle: SampleBundle) throws(HistoryError) -> [SampleBlock]
    /// Adds a bundle, whose own number says nothing yet.
    func add(_ bundle: SampleBundle, _ blocks: [SampleBlock]) throws(HistoryError)
    /// Removes a bundle with its blocks; their bytes.
    func remove(_ bundle: SampleBundle) throws(HistoryError) -> Int
    /// Forgets entities that were not seen since a moment, and lists without any.
    func forget(before moment: Int64) throws(HistoryError)
    /// How many bytes all that was measured has.
    func bytes() throws(HistoryError) -> Int64
}

/// Readings that are removed.
package enum WhichReadings {
    case of(sampling: Int64)
    case before(Int64, most: Int)
}

/// A reading as it stands in a store.
package struct StoredReading: Equatable {
    /// Its number.
    package var id: Int64
    /// When it was, in seconds since 1970.
    package var at: Int64

    /// Describes a reading.
    package init(id: Int64, at: Int64) { (self.id, self.at) = (id, at) }
}

/// An entity whose values are recorded.
package struct SampleMember: Equatable {
    /// Its number in its sampling.
    package var id: Int64
    /// The server's own id.
    package var entity: String
    /// When it had a value last, and one above 0.
    package var seen: Int64, used: Int64

    /// Describes an entity.
    package init(id: Int64, entity: String, seen: Int64, used: Int64) {
        (self.id, self.entity, self.seen, self.used) = (id, entity, seen, used)
    }
}

/// An entity whose values are to be recorded.
package struct SampledName: Equatable {
    /// The server's own id.
    package var entity: String
    /// What it is called, and the device that it belongs to.
    package var name: String, device: String
}

/// A day of readings of one sheet, as it stands in a store.
package struct SampleBundle: Equatable {
    /// Its number.
    package var id: Int64
    /// What it is of.
    package var sampling: Int64, sheet: Int64, day: Int64
    /// Seconds that are one value, at the least.
    package var step: Int64
    /// When its values were measured.
    package var places: [SamplePlace]

    /// Describes a bundle by its times as they are stored.
    package init(id: Int64, sampling: Int64, sheet: Int64, day: Int64, step: Int64, times: [UInt8]) {
        self.init(
            id: id, sampling: sampling, sheet: sheet, day: day, step: step,
            places: SampleBytes.places(times, day: min(max(day, -Self.lastDay), Self.lastDay)))
    }

    /// The day on which 2200 begins.
    private static let lastDay: Int64 = 84_006

    init(id: Int64, sampling: Int64, sheet: Int64, day: Int64, step: Int64, places: [SamplePlace]) {
        (self.id, self.sampling, self.sheet) = (id, sampling, sheet)
        // Anybody may have written a day into a shared store that no moment can be made of.
        self.day = min(max(day, -Self.lastDay), Self.lastDay)
        self.step = min(max(step, 0), 86_400)
        self.places = places
    }

    /// Its times as they are stored.
    package var times: [UInt8] { SampleBytes.bytes(places, day: day) }

    /// The cells of a block; nil where it is not whole.
    package func cells(_ codes: [UInt8]) -> [SampleCell]? { SampleBytes.cells(codes, count: places.count) }
}

/// The values of one entity and field in a bundle.
package struct SampleBlock: Equatable {
    /// The place of the entity in its sheet.
    package var member: Int64
    /// The place of the field.
    package var field: Int
    /// The cells as bytes.
    package var codes: [UInt8]

    /// Describes a block.
    package init(member: Int64, field: Int, codes: [UInt8]) {
        (self.member, self.field, self.codes) = (member, field, codes)
    }
}
