/// Values over a time, as a server gives them, and what they are held against.
public struct Curve: Sendable, Hashable {
    /// What is measured.
    public var title: String
    /// How its values are shown.
    public var type: FieldType
    /// The values in the order of time; where a point has none, none is known.
    public var points: [Point]
    /// What they are allowed to be; nil where nothing says so.
    public var allowed: Double?
    /// Whether each value is the sum of all until then, and not one of its own.
    public var isTotal: Bool

    /// Makes a curve.
    public init(
        _ title: String, _ type: FieldType, _ points: [Point], allowed: Double? = nil, isTotal: Bool = false
    ) {
        self.title = title
        self.type = type
        self.points = points
        self.allowed = allowed
        self.isTotal = isTotal
    }

    /// One value.
    public struct Point: Sendable, Hashable {
        /// When it was measured.
        public var at: Timestamp
        /// What was measured; nil where nothing was.
        public var value: Double?
        /// Whether values are missing between the point before and this one.
        public var isAfterGap: Bool

        /// Makes a point.
        public init(at: Timestamp, value: Double?, isAfterGap: Bool = false) {
            self.at = at
            self.value = value
            self.isAfterGap = isAfterGap
        }
    }
}
