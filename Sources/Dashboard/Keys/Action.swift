public import Domain

/// Something that a key, the palette or the mouse can do.
public enum Action: Hashable, Sendable {
    /// One of the dashboard's own.
    case own(OwnAction)
    /// Goes to a pane.
    case pane(PaneName)
    /// Starts a command on the marked or the current entities.
    case command(CommandKind)
    /// Has servers search together; offered by the palette for what was typed there, and bound to no key.
    case search([Search])
    /// Opens a row; offered by the palette, and bound to no key.
    case show(EntityRef)

    /// Looks for an address everywhere; offered by the palette for one that was typed there, and bound to no key.
    case locate(NetworkAddress)

    /// Runs a program of the operator's, by its title; its keys stand beside it in the configuration.
    case program(String)

    /// The name in keymaps: an own action's, `pane-` and a pane's, or a command's.
    public var name: String {
        switch self {
        case .own(let action): action.rawValue
        case .pane(let pane): "pane-\(pane)"
        case .command(let kind): kind.rawValue
        case .search: "search"
        case .show: "show"
        case .locate: "locate"
        case .program(let title): "run \(title)"
        }
    }

    /// The action that a keymap names; a name that is nobody's own is a command's.
    public init(name: String) {
        if let own = OwnAction(rawValue: name) {
            self = .own(own)
        } else if name.hasPrefix("pane-") {
            self = .pane(PaneName(rawValue: String(name.dropFirst(5))))
        } else {
            self = .command(CommandKind(rawValue: name))
        }
    }
}

/// The actions that the dashboard itself has; the raw value is the name in keymaps.
public enum OwnAction: String, CaseIterable, Sendable {
    case down, up, left, right, top, bottom
    case pageDown = "page-down", pageUp = "page-up", halfPageDown = "half-page-down", halfPageUp =
        "half-page-up"
    case nextPane = "next-pane", previousPane = "previous-pane"
    case open, back, close, quit
    case historyBack = "history-back", historyForward = "history-forward"
    case filter, clearFilter = "clear-filter"
    case find, findNext = "find-next", findPrevious = "find-previous"
    case problemsOnly = "problems-only", hideAcknowledged = "hide-acknowledged", narrowBackend =
        "narrow-backend"
    case sort, sortNext = "sort-next", sortReverse = "sort-reverse"
    case sortLeft = "sort-left", sortRight = "sort-right"
    case fold, apart, impact, live, group, follow, freeze, snooze, claim, actions
    case detailBeside = "detail-beside", zoom
    case pin, otherTable = "other-table"
    case mark, markAll = "mark-all", unmarkAll = "unmark-all"
    case markRange = "mark-range", markPattern = "mark-pattern"
    case copy, address = "web-address", runbook
    case columns, views, saveView = "save-view", forget
    case refresh, refreshAll = "refresh-all", redraw
    case api, raw, saveFile = "save-file"
    case pictures = "graphs", zoomIn = "zoom-in", zoomOut = "zoom-out", savePicture = "save-graph"
    case since, looked = "i-have-looked", timeline, handoff
    case earlier, later, quarterEarlier = "quarter-earlier", quarterLater = "quarter-later", difference
    case palette, help, audit, health, themes, themeNext = "theme-next", mouse
    case reload
    case wallboard, nextPage = "next-page", previousPage = "previous-page", pause
    case check, retry
    case accept, cancel, dryRun = "dry-run", yes
    case nextField = "next-field", previousField = "previous-field", toggle, mine
    case editExternally = "edit-externally", undo

    /// What the palette and the help say, in the imperative.
    public var title: String {
        switch self {
        case .down: "Move down"
        case .up: "Move up"
        case .left: "Scroll left"
        case .right: "Scroll right"
        case .top: "Go to the first row"
        case .bottom: "Go to the last row"
        case .pageDown: "Page down"
        case .pageUp: "Page up"
        case .halfPageDown: "Half a page down"
        case .halfPageUp: "Half a page up"
        case .nextPane: "Next pane"
        case .previousPane: "Previous pane"
        case .open: "Open"
        case .back: "Back"
        case .close: "Close, or quit from the top"
        case .quit: "Quit"
        case .historyBack: "Back in history"
        case .historyForward: "Forward in history"
        case .filter: "Filter"
        case .clearFilter: "Clear the filter"
        case .find: "Find without filtering"
        case .findNext: "Next match"
        case .findPrevious: "Previous match"
        case .problemsOnly: "Show problems only"
        case .hideAcknowledged: "Hide acknowledged"
        case .narrowBackend: "Narrow to one backend"
        case .sort: "Sort by a column"
        case .sortNext: "Sort by the next column"
        case .sortReverse: "Reverse the order"
        case .sortLeft: "Sort by the column to the left"
        case .sortRight: "Sort by the column to the right"
        case .fold: "Fold or unfold"
        case .group: "Group the rows"
        case .apart: "Show the rows of each server"
        case .impact: "Impact: what hangs on it"
        case .live: "Query the device live"
        case .follow: "Follow the first row"
        case .actions: "Actions"
        case .snooze: "Snooze (local only)"
        case .claim: "Claim: say that you have it"
        case .freeze: "Freeze the rows, or resume updates"
        case .detailBeside: "Detail beside the list, or under it"
        case .zoom: "Maximize"
        case .pin: "Second table: what belongs to the row"
        case .otherTable: "Go to the other table"
        case .mark: "Mark"
        case .markAll: "Mark all rows shown"
        case .unmarkAll: "Remove all marks"
        case .markRange: "Mark a range"
        case .markPattern: "Mark by filter"
        case .copy: "Copy"
        case .address: "Web address"
        case .runbook: "Run-book: what to do about it"
        case .columns: "Choose and arrange columns"
        case .views: "Saved views"
        case .saveView: "Save filter, order and columns as a view"
        case .forget: "Delete a saved view"
        case .refresh: "Refresh this pane"
        case .refreshAll: "Refresh everything"
        case .redraw: "Redraw the screen"
        case .api: "Its place in the API, or back to its pane"
        case .raw: "Raw answer of the server"
        case .saveFile: "Save the file"
        case .pictures: "Graphs"
        case .zoomIn: "Zoom in"
        case .zoomOut: "Zoom out"
        case .savePicture: "Save the graph to a file"
        case .since: "What changed since you looked"
        case .looked: "I have looked: nothing is news"
        case .timeline: "Timeline: what happened"
        case .earlier: "The past: back to the last change"
        case .later: "The past: on to the next change"
        case .quarterEarlier: "The past: 15 minutes back"
        case .quarterLater: "The past: 15 minutes on"
        case .difference: "What differs between two moments"
        case .handoff: "Handoff to the next shift"
        case .palette: "Palette"
        case .help: "Help"
        case .audit: "Audit log"
        case .health: "Backend health"
        case .themes: "Themes"
        case .themeNext: "Next theme"
        case .mouse: "Mouse on or off"
        case .reload: "Read the configuration again"
        case .wallboard: "Wallboard (read-only until exit)"
        case .nextPage: "Next page"
        case .previousPage: "Previous page"
        case .pause: "Pause on this page, or resume"
        case .check: "Check the outcome"
        case .retry: "Retry what failed"
        case .accept: "Accept"
        case .cancel: "Cancel"
        case .dryRun: "Dry run"
        case .yes: "Yes, send it"
        case .nextField: "Next field"
        case .previousField: "Previous field"
        case .toggle: "Switch"
        case .mine: "Mine only, or all of the team"
        case .editExternally: "Edit the form in your own editor"
        case .undo: "Put back what a command changed"
        }
    }
}
