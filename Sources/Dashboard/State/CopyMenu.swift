public import Domain

/// What can be copied of what was in front when the menu was opened.
public struct CopyMenu: Sendable, Equatable {
    /// The choices in order.
    public var choices: [Choice]
    /// The place under the cursor.
    public var focus = 0

    /// One thing that can be copied.
    public struct Choice: Sendable, Equatable {
        /// What the line says.
        public var title: String
        /// What would be copied, or how it begins.
        public var sample: String
        /// What is copied.
        public var subject: Subject
    }

    /// What is copied.
    public enum Subject: Sendable, Equatable {
        /// A text as it is.
        case text(String)
        /// What entities are called, a line each.
        case names([EntityRef])
        /// Rows as the table shows them, a line each.
        case rows([EntityRef])
        /// The address of an entity in its server's web interface.
        case address(EntityRef)
        /// Rows as JSON.
        case objects([EntityRef])
    }
}
