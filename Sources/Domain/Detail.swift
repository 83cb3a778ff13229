/// Everything that a server says about one entity, in sections.
public struct Detail: Sendable, Hashable {
    /// The entity.
    public var entity: EntityRef
    /// What it is called.
    public var title: String
    /// Its sections in order.
    public var sections: [Section]

    /// Makes a detail.
    public init(_ entity: EntityRef, title: String, sections: [Section]) {
        self.entity = entity
        self.title = title
        self.sections = sections
    }

    /// A titled list of fields.
    public struct Section: Sendable, Hashable {
        /// The heading.
        public var title: String
        /// Names and values in order.
        public var lines: [Line]
        /// What is drawn below them.
        public var curves: [Curve]
        /// Makes a section.
        public init(_ title: String, _ lines: [Line], curves: [Curve] = []) {
            self.title = title
            self.lines = lines
            self.curves = curves
        }

        /// Whether all of it could be read.
        public var isComplete: Bool { !lines.contains(where: \.isUnreadable) }
    }

    /// One field.
    public struct Line: Sendable, Hashable {
        /// How deep it stands in a tree; 0 for what is in nothing else.
        public var depth = 0
        /// Whether the entity that it leads to may hold others, which the adapter's `children` reads.
        public var isExpandable = false
        /// What the field is called.
        public var name: String
        /// The value; an entity becomes a link.
        public var value: Value
        /// How the value is shown.
        public var type: FieldType
        /// The states behind the value over time; nil where there are none.
        public var strip: Strip?
        /// Whether it stands for something that could not be read.
        public var isUnreadable = false
        /// Makes a line.
        public init(_ name: String, _ value: Value, _ type: FieldType = .text, strip: Strip? = nil) {
            self.name = name
            self.value = value
            self.type = type
            self.strip = strip
        }

        /// The line that stands where something could not be read.
        ///
        /// - Parameter reason: why, in words.
        public static func unreadable(_ name: String = "", because reason: String) -> Line {
            var line = Line(name, .text("can't be read: \(reason)"))
            line.isUnreadable = true
            return line
        }
    }
}

/// The states of something over a time, one after another.
public struct Strip: Sendable, Hashable {
    /// When it begins and ends.
    public var range: Range<Timestamp>
    /// The states in order; what no span covers is not known.
    public var spans: [Span]

    /// Makes a strip; spans are cut to its range by whoever draws it.
    public init(_ range: Range<Timestamp>, _ spans: [Span]) {
        self.range = range
        self.spans = spans
    }

    /// One state that held for a while.
    public struct Span: Sendable, Hashable {
        /// When it held.
        public var range: Range<Timestamp>
        /// The word of the state.
        public var word: String

        /// Makes a span.
        public init(_ range: Range<Timestamp>, _ word: String) {
            self.range = range
            self.word = word
        }
    }
}
