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
        /// Makes a section.
        public init(_ title: String, _ lines: [Line]) {
            self.title = title
            self.lines = lines
        }
    }

    /// One field.
    public struct Line: Sendable, Hashable {
        /// What the field is called.
        public var name: String
        /// The value; an entity becomes a link.
        public var value: Value
        /// How the value is shown.
        public var type: FieldType
        /// Makes a line.
        public init(_ name: String, _ value: Value, _ type: FieldType = .text) {
            self.name = name
            self.value = value
            self.type = type
        }
    }
}
