public import Canvas
public import Domain

/// The pictures of an entity on the screen: a list, or the one that was opened from it.
public struct PictureView: Sendable, Equatable {
    /// The entity.
    public let entity: EntityRef
    /// What it is called.
    public let title: String
    /// The pictures that there are; nil while the server is being asked.
    public internal(set) var list: [PictureDescriptor]?
    /// Why the server did not say.
    public internal(set) var problem: String?
    /// The place of the picture under the cursor.
    public internal(set) var focus = 0
    /// The time that the opened picture covers.
    public internal(set) var span = PictureSpan.day
    /// How many spans before the present it ends.
    public internal(set) var spansAgo = 0
    /// What was asked for when a picture was opened or changed; nil while the list is shown.
    public internal(set) var request: PictureRequest?
    /// What the server is being asked for; one at a time, however fast keys are pressed.
    var pending: PictureRequest?
    /// When it was asked for, by the wall clock; nil while the list is shown.
    public internal(set) var openedAt: Timestamp?
    /// Why it did not come.
    public internal(set) var pictureProblem: String?
    /// The picture that came last.
    public internal(set) var shown: Shown?

    init(_ entity: EntityRef, title: String) {
        self.entity = entity
        self.title = title
    }

    /// A picture as it is shown.
    public struct Shown: Sendable, Equatable {
        /// What it was asked for with.
        public var request: PictureRequest
        /// The pixels.
        public var image: PixelImage
        /// The same, fitted to the screen.
        public var mosaic: Mosaic
        /// The ground that it was fitted on.
        public var ground: Style
        /// When it arrived.
        public var arrivedAt: Instant
        /// The times that its edges stand for.
        public var from: Timestamp, to: Timestamp
    }

    /// The picture under the cursor.
    var picture: PictureDescriptor? {
        list.flatMap { $0.indices.contains(focus) ? $0[focus] : nil }
    }

    /// Whether the picture on the screen is the one that was asked for last.
    var isCurrent: Bool { shown?.request == request }

    /// The cells that a picture is drawn in: the body without the title, the line of times, and that of what
    /// nocturne measured itself.
    func area(_ state: State) -> Rect {
        let body = state.layout.screen.body
        let numbers = body.height > 6 && MeasuredPicture(state, of: entity) != nil ? 1 : 0
        return Rect(body.x, body.y + 1, body.width, max(0, body.height - 2 - numbers))
    }
}
