/// A picture that a server can draw of an entity, such as a graph of its traffic.
public struct PictureDescriptor: Sendable, Hashable {
    /// What its adapter needs to ask for it; nobody else's business.
    public let id: String
    /// What it shows, for the operator.
    public let title: String

    /// Names a picture.
    public init(id: String, title: String) {
        self.id = id
        self.title = title
    }
}

/// How much time a picture covers.
public enum PictureSpan: Int64, CaseIterable, Sendable {
    /// From six hours to a year, in seconds.
    case sixHours = 21_600, day = 86_400, week = 604_800, month = 2_592_000, year = 31_536_000

    /// In words: `6 h`.
    public var words: String {
        switch self {
        case .sixHours: "6 h"
        case .day: "1 d"
        case .week: "1 w"
        case .month: "1 m"
        case .year: "1 y"
        }
    }
}

/// One picture as it is asked for.
public struct PictureRequest: Sendable, Hashable {
    /// The entity.
    public var entity: EntityRef
    /// Which of its pictures.
    public var picture: PictureDescriptor
    /// How much time it covers.
    public var span: PictureSpan
    /// How many such spans before the present it ends; 0 ends now.
    public var spansAgo: Int
    /// The wished size of what is drawn, in pixels; servers add margins.
    public var width: Int, height: Int

    /// Asks for a picture.
    public init(
        _ entity: EntityRef, _ picture: PictureDescriptor, span: PictureSpan = .day, spansAgo: Int = 0,
        width: Int, height: Int
    ) {
        self.entity = entity
        self.picture = picture
        self.span = span
        self.spansAgo = spansAgo
        self.width = width
        self.height = height
    }

    /// Seconds before now at which it begins and ends.
    public var secondsAgo: (start: Int64, end: Int64) {
        (span.rawValue * Int64(spansAgo + 1), span.rawValue * Int64(spansAgo))
    }
}
