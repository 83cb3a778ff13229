public import Canvas
import Domain
import Filter

/// The rows of a table as they were drawn last: what looks the same is copied instead of being formatted again.
///
/// Moving the cursor changes two rows of forty, and formatting a row costs more than all else of a key press.
final class DrawnRows: Sendable {
    /// What the columns follow from, beside the rows.
    struct Shape: Equatable {
        var pane: Pane
        var firstColumn: Int
        var width: Int
        var isChosen: Bool
        var hasTrends: Bool
        var sorted: FieldKey?
        var fieldsOnScreen: Set<FieldKey>?

        init(_ pane: PaneState, width: Int) {
            self.pane = pane.shown
            firstColumn = pane.firstColumn
            self.width = width
            isChosen = pane.columnChoice != nil
            hasTrends = pane.hasTrends
            sorted = pane.order.first?.field
            fieldsOnScreen = pane.fieldsOnScreen
        }
    }

    /// What all rows of a table depend on beside their own values.
    struct Context: Equatable {
        var columns: [ColumnLayout.Placed]
        var filter: FilterExpression
        var find: FilterExpression?
        var grouping: FieldKey?
        /// Ages are counted to it.
        var wall: Timestamp
        /// Of each table, whether the clock behind its times is certain.
        var certain: [Bool]
        /// Of each table, which trends are drawn.
        var trends: [UInt64]
        var sheet: ObjectIdentifier
        /// What several servers see, and whether it is one row.
        var network: ObjectIdentifier
        var showsApart: Bool
    }

    /// What one row depends on beside its values.
    struct Line: Equatable {
        var variant: Variant
        var isMarked: Bool
        /// What became of it since the operator looked last; nil where it is as it was.
        var turn: NetChange.Turn?
        /// Who has it, shortly; nil where nobody does.
        var claim: String?
        /// The cursor stands in it.
        var hasCursor: Bool
        /// The group that begins in it is named.
        var hasHeading: Bool
    }

    let shape: Shape
    let columns: ColumnLayout
    let context: Context
    let arrangement: Arrangement
    /// The position of the first line.
    let top: Int
    let rect: Rect
    let lines: [Line]
    /// What was drawn, with the lines around the rows, before anything was drawn over it.
    let frame: Frame

    init(
        shape: Shape, columns: ColumnLayout, context: Context, arrangement: Arrangement, top: Int, rect: Rect,
        lines: [Line], frame: Frame
    ) {
        self.shape = shape
        self.columns = columns
        self.context = context
        self.arrangement = arrangement
        self.top = top
        self.rect = rect
        self.lines = lines
        self.frame = frame
    }

    /// Copies a row that looks as it did; false when it has to be drawn.
    func copy(_ row: Int, _ line: Line, to place: Rect, in frame: inout Frame) -> Bool {
        let index = row - top
        guard lines.indices.contains(index), lines[index] == line, place.x == rect.x,
            place.width == rect.width
        else { return false }
        return frame.copy(rect.row(index), of: self.frame, to: place.y)
    }
}

/// A frame with what makes the next one cheaper.
public struct Rendering: Sendable {
    /// The picture.
    public internal(set) var frame: Frame
    let rows: DrawnRows?
    let lowerRows: DrawnRows?
    /// What the lines around the rows were drawn from; nil where they are not to be copied.
    var backdrop: Backdrop?
    /// What the line of keys says of folding.
    var folding: [Bool?] = []
}
