import Canvas
import Domain
import Filter

/// Tables that stay as they are, and cursors that stay in the first row.
extension State {
    /// Why the current table can't be frozen or followed; nil when it can.
    var reasonAgainstHolding: String? { details.isEmpty ? nil : "that is for tables" }

    /// Keeps the current table as it is, or brings it up to date again.
    mutating func freeze() -> [Effect] {
        let index = paneIndex
        if panes[index].frozen != nil {
            panes[index].hold.freeze(nil)
            showMessage(.plain, "up to date again")
            return arrange(index)
        }
        let shown = panes[index].arrangement.tables
        // What is on the screen is frozen, not what arrived since and is still being put in order.
        let tables = liveTables(of: panes[index]).map { live in
            shown.first { $0.backend == live.backend && $0.resource.kind == live.resource.kind } ?? live
        }
        panes[index].hold.freeze(Freeze(at: now, wall: wall, tables: tables))
        // An answer that is on its way is of later rows.
        panes[index].questions.outdate()
        showMessage(.plain, "frozen: updates continue in the background")
        return []
    }

    /// Keeps the cursor in the first row while rows arrive, or leaves it where it is.
    mutating func follow() -> [Effect] {
        guard !pane.isFollowing else {
            panes[paneIndex].hold.endFollowing()
            return []
        }
        panes[paneIndex].moveCursor(to: 0, page: layout.rows)
        panes[paneIndex].hold.follow()
        showMessage(.plain, "following the first row: any move ends it")
        return []
    }

    /// Shows rows that were arranged; a cursor that follows may stand on another one then.
    mutating func show(_ arrangement: Arrangement, in index: Int) -> [Effect] {
        let before = panes[index].cursor
        let page = layout(of: panes[index].pane.name).rows
        let known = panes[index].frozen?.tables ?? liveTables(of: panes[index])
        let hasMovedOn = panes[index].show(
            arrangement, page: page, isSettled: isSettled(panes[index]), known: known)
        if hasMovedOn || panes[index].isFollowing, panes[index].cursor != before {
            panes[index].hold.followed(at: now)
        }
        return lookThrough(index)
    }

    /// Why a command is not begun on a row that has only just come under the cursor; nil when it may be.
    var reasonAgainstActingTooSoon: String? {
        guard details.isEmpty, pane.marks.isEmpty, let moved = pane.hold.followedAt,
            now - moved < 1
        else { return nil }
        return "another row has just come under the cursor: look, then press again"
    }

    /// Says that the first row is no longer followed, when what just happened ended it.
    mutating func reportEndOfFollowing(_ followed: PaneName?) {
        guard let followed, panes.contains(where: { $0.pane.name == followed && !$0.isFollowing }) else {
            return
        }
        if message?.tone != .bad { showMessage(.plain, "no longer following the first row") }
    }
}
