import Canvas
import Domain
import Filter
import JSON
import Runtime
import Synchronization

/// The rows that `get --watch` prints as they come: the columns of the table, behind what happened to the row.
final class FollowedTable: Sendable {
    private struct Content {
        /// Rows of an answer whose rest is still to come.
        var waiting: [WatchNotice] = []
        var widths: [Int] = []
        var isBegun = false
    }

    private let columns: [Listing.Column]
    private let clock: any Clock
    /// The terminal's; nil where nothing is to be cut.
    private let width: Int?
    private let isColored: Bool
    private let hasTitles: Bool
    private let write: @Sendable (String) -> Void
    private let complain: @Sendable (String) -> Void
    private let content: Mutex<Content>

    /// - Parameters:
    ///   - write: takes whole lines for standard output.
    ///   - complain: takes what is to be said of a backend.
    init(
        _ columns: [Listing.Column], _ clock: any Clock, width: Int?, isColored: Bool, hasTitles: Bool,
        write: @escaping @Sendable (String) -> Void, complain: @escaping @Sendable (String) -> Void
    ) {
        self.columns = columns
        self.clock = clock
        self.width = width
        self.isColored = isColored
        self.hasTitles = hasTitles
        self.write = write
        self.complain = complain
        content = Mutex(Content())
    }

    /// Takes what happened; rows are printed once all of one answer are there.
    func take(_ notice: WatchNotice) {
        guard notice.change != nil else { return complain("\(notice.backend): \(notice.words)") }
        content.withLock { content in
            content.waiting.append(notice)
            if !notice.goesOn { flush(&content) }
        }
    }

    /// Prints what is still waiting.
    func finish() { content.withLock { flush(&$0) } }

    private func flush(_ content: inout Content) {
        guard !content.waiting.isEmpty else { return }
        let titles = ["EVENT"] + columns.map(TableOutput.title)
        let now = clock.wall
        let rows = content.waiting.compactMap { notice -> [(text: String, pen: String?)]? in
            guard let change = notice.change else { return nil }
            return [(change.event.rawValue, nil)]
                + columns.map { column in
                    let text = TableOutput.text(
                        column, change.table, change.row, backend: notice.backend, fetchedAt: now, now: now)
                    return (text, isColored ? TableOutput.pen(column, text) : nil)
                }
        }
        content.waiting = []
        let isFirst = !content.isBegun
        content.isBegun = true
        if isFirst {
            content.widths = titles.enumerated().map { place, title in
                let texts = rows.map { CharacterWidth.of($0[place].text) }
                // The longest word that may follow.
                return max(place == 0 ? 8 : 0, CharacterWidth.of(title), texts.max() ?? 0)
            }
            if let width { content.widths = TableOutput.fitted(content.widths, to: width) }
        } else if width == nil {
            // In a pipe nothing is cut; later lines stand further apart instead.
            for row in rows {
                for (place, cell) in row.enumerated() {
                    content.widths[place] = max(content.widths[place], CharacterWidth.of(cell.text))
                }
            }
        }
        let line = TableLine(
            widths: content.widths, isNumeric: [false] + columns.map(TableOutput.isNumeric))
        let lines = (isFirst && hasTitles ? [titles.map { ($0, nil) }] : []) + rows
        write(lines.map { line.text($0) + "\n" }.joined())
    }
}

extension WatchNotice {
    /// What is to be said of the backend.
    fileprivate var words: String {
        guard case .object(let members) = line else { return "" }
        func text(_ key: String) -> String? {
            guard case .string(let text)? = members.first(where: { $0.key == key })?.value else { return nil }
            return text
        }
        let event = text("event") ?? ""
        let name = event == "lost" ? "no answer" : event == "back" ? "answers again" : event
        return text("words").map { "\(name): \($0)" } ?? name
    }
}
