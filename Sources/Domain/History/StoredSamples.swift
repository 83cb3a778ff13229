/// Which measured values of an entity are wanted of what was recorded.
public struct SampleQuery: Hashable, Sendable {
    /// Of what.
    public var entity: EntityName
    /// From when on.
    public var since: Timestamp
    /// Until when.
    public var until: Timestamp

    /// Describes what is wanted.
    public init(_ entity: EntityName, since: Timestamp, until: Timestamp) {
        self.entity = entity
        self.since = since
        self.until = until
    }
}

/// A value that was measured, or what several of them came to.
public struct StoredSample: Hashable, Sendable {
    /// When it was measured; of several when the time begins in which they were.
    public var at: Timestamp
    /// Seconds of that time; 0 of one value.
    public var span: Int64
    /// The value; of several their mean.
    public var mean: Double
    /// The largest of them.
    public var maximum: Double
    /// How many there were.
    public var count: Int

    /// Describes a sample.
    public init(at: Timestamp, span: Int64 = 0, mean: Double, maximum: Double, count: Int = 1) {
        self.at = at
        self.span = span
        self.mean = mean
        self.maximum = maximum
        self.count = count
    }
}

/// What was measured of one field, the first first.
public struct StoredSeries: Hashable, Sendable {
    /// The field.
    public var key: FieldKey
    /// What its values are.
    public var type: FieldType
    /// The values; where nothing was measured there are none.
    public var samples: [StoredSample]

    /// Describes a series.
    public init(_ key: FieldKey, _ type: FieldType, _ samples: [StoredSample]) {
        self.key = key
        self.type = type
        self.samples = samples
    }
}

/// What was measured of an entity, as far as it was recorded and asked for.
public struct StoredSamples: Hashable, Sendable {
    /// One for each field that was recorded.
    public var series: [StoredSeries]
    /// Seconds between two values that were usual; 0 where nothing is known.
    public var interval: Double
    /// When the recording of its list began, or the oldest that is kept; nil where nothing is.
    public var begins: Timestamp?
    /// Whether its values are recorded now; of a long list those of some rows are not.
    public var isRecorded: Bool
    /// Whether its list has more rows than are recorded, so that it may be one of the others.
    public var isBounded = false

    /// Describes what was measured.
    public init(
        series: [StoredSeries] = [], interval: Double = 0, begins: Timestamp? = nil, isRecorded: Bool = false
    ) {
        self.series = series
        self.interval = interval
        self.begins = begins
        self.isRecorded = isRecorded
    }

    /// Of how many entities of a list values are recorded at most.
    public static let mostOfList = 5_000
}

/// The last readings of a list as they were recorded, for trends.
public struct StoredPolls: Sendable {
    /// The fields.
    public var keys: [FieldKey]
    /// The place of each entity, by the server's id.
    public var places: [String: Int]
    /// The readings, the first first.
    public var polls: [Poll]

    /// What one reading gave.
    public struct Poll: Sendable {
        /// When.
        public var at: Timestamp
        /// The codes of all fields, entity after entity.
        package var codes: [UInt16]

        package init(at: Timestamp, codes: [UInt16]) {
            self.at = at
            self.codes = codes
        }
    }

    /// Describes readings.
    public init(keys: [FieldKey] = [], places: [String: Int] = [:], polls: [Poll] = []) {
        self.keys = keys
        self.places = places
        self.polls = polls
    }
}
