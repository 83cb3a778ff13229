internal import CNcurses
public import Canvas

/// The terminal this process was started in, drawn on through ncurses.
///
/// Main thread only, and one at a time: ncurses knows one screen.
public final class CursesTerminal: Terminal {
    /// The size in cells as last seen.
    public private(set) var size: Size
    /// What it can show.
    public let capabilities: Capabilities
    /// What gives the terminal back in a crash: written by a signal handler that can call nothing else.
    public let restoration: [UInt8]
    /// Whether the frame drawn last is not out yet, because the line is stopped or slow.
    public var isBehind: Bool { line.isBehind }

    private let inputDescriptor: Int32
    private let outputDescriptor: Int32
    private let isLikeXterm: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var line: OutputLine
    private var decoder: InputDecoder
    /// Nil when the terminal spells attributes in a way of its own.
    private var renditions: RenditionFilter?
    private var pens: Pens
    private var picture: Picture
    private var shown: [[Picture.Spot]] = []
    private var drawn: Frame?
    /// The row in which was written last, as far as it is known.
    private var lastRow: Int?
    /// Whether the terminal shows what was drawn last, so that the next frame is not written whole.
    private var isPictureKnown = false
    private var isMouseOn = false
    private var state = State.active

    private enum State { case active, suspended, closed }

    /// Takes the terminal behind two descriptors.
    ///
    /// Throws when there is none or when it can't be drawn on; it is untouched then.
    public init(
        _ environment: TerminalEnvironment = .current(), input: Int32 = 0, output: Int32 = 1
    ) throws(TerminalError) {
        guard nc_is_terminal(input) != 0, nc_is_terminal(output) != 0 else { throw .notATerminal }
        guard !environment.term.isEmpty else { throw .unnamed }
        let isUnicode = environment.setLocale()
        let isDirect = nc_is_direct(environment.term, output) != 0
        var result = nc_not_opened
        for name in isDirect ? Self.namesInPalette(environment.term) : [environment.term] {
            result = nc_open_result(UInt32(nc_open(name, input, output, environment.wantsNoColor ? 0 : 1)))
            if result != nc_unknown_terminal { break }
        }
        switch result {
        case nc_opened: break
        case nc_unknown_terminal: throw .unknown(environment.term)
        case nc_no_cursor: throw .tooSimple(environment.term)
        default: throw .failed(environment.term)
        }
        inputDescriptor = input
        outputDescriptor = output
        line = OutputLine(output)
        isLikeXterm = nc_is_like_xterm() != 0
        start = clock.now
        let colors = ColorDepth(colors: Int(nc_colors()))
        let depth = isDirect && colors == .palette ? ColorDepth.direct : colors
        pens = Pens(depth)
        picture = Picture(isASCII: !isUnicode, erasesInColor: nc_erases_in_color() != 0)
        capabilities = Capabilities(
            colors: depth.colors, unicode: isUnicode, name: environment.term,
            multiplexer: environment.multiplexer)
        restoration = Self.restoration(isLikeXterm: isLikeXterm)
        decoder = InputDecoder(.ofTerminal(), .ofLocale(isUnicode: isUnicode))
        size = Self.measuredSize(output)
        nc_resize(Int32(size.width), Int32(size.height))
        if Self.hasStandardAttributes {
            renditions = RenditionFilter(
                canSwitchOff: Self.capability("op") == Array("\u{1B}[39;49m".utf8),
                dropped: Self.capability("oc"))
        }
        if isLikeXterm { emit(Self.pasteOn) }
    }

    deinit { close() }

    // MARK: Drawing

    /// Writes what differs from the frame drawn before; nothing while the terminal is given away.
    ///
    /// While an earlier frame is not out yet (``isBehind``) a new one is left out, so that a slow line gets
    /// the newest instead of all: call again with it soon.
    public func draw(_ frame: Frame) {
        guard state == .active else { return }
        line.push(milliseconds: 10)
        guard !isBehind else { return }
        if picture.clusters.count > 20_000 { forgetPicture() }
        pens.use(frame)
        let area = Size(min(size.width, frame.size.width), min(size.height, frame.size.height))
        if shown.count != size.height {
            shown = Array(repeating: [], count: size.height)
            drawn = nil
        }
        var change = Change(shown: shown)
        for y in 0..<area.height where !isUnchanged(y, frame) {
            change.add(picture.row(y, of: frame, width: area.width, &pens), at: y)
        }
        drawn = frame
        let cursor = frame.cursor.flatMap { $0.x < size.width && $0.y < size.height ? $0 : nil }
        nc_cursor(Int32(cursor?.x ?? -1), Int32(cursor?.y ?? -1))
        // ncurses writes from the top down; few cells are handed to it row by row, from where the last ones were written.
        let isInSteps = cursor == nil && isPictureKnown && change.isSmall
        for (y, row) in change.rows(from: isInSteps ? lastRow : nil) {
            put(row, over: shown[y], y)
            shown[y] = row
            if isInSteps { nc_show() }
            lastRow = y
        }
        if !isInSteps { nc_show() }
        isPictureKnown = true
        flush()
    }

    /// Brings what ncurses wrote into memory to the terminal.
    private func flush() {
        let count = nc_pending()
        guard count > 0 else { return }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = nc_take(buffer.baseAddress, count)
        }
        renditions?.colors = pens.palette.colors
        emit(renditions?.filter(bytes) ?? bytes)
    }

    /// Whether a row has the same cells as in the frame drawn before.
    private func isUnchanged(_ y: Int, _ frame: Frame) -> Bool {
        guard let drawn, drawn.sheet === frame.sheet, drawn.size == frame.size else { return false }
        let row = (y * frame.size.width)..<((y + 1) * frame.size.width)
        guard drawn.hasSameRow(y, as: frame) else { return false }
        if drawn.ownStyles != frame.ownStyles, frame.cells[row].contains(where: frame.hasOwnStyle) {
            return false
        }
        // The same number may stand for another cluster in another frame.
        return drawn.clusters == frame.clusters || !frame.cells[row].contains { $0.isCluster }
    }

    private func put(_ row: [Picture.Spot], over old: [Picture.Spot], _ y: Int) {
        var x = 0
        var cells: [nc_cell] = []
        cells.reserveCapacity(row.count)
        while x < row.count {
            if x < old.count, row[x] == old[x] {
                x += 1
                continue
            }
            let first = x
            cells.removeAll(keepingCapacity: true)
            while x < row.count, x >= old.count || row[x] != old[x] {
                if row[x].width > 0 { cells.append(cell(row[x])) }
                x += 1
            }
            nc_put(Int32(first), Int32(y), cells, Int32(cells.count))
        }
    }

    private func cell(_ spot: Picture.Spot) -> nc_cell {
        var cell = nc_cell()
        cell.pen = spot.pen
        guard spot.glyph & 0x8000_0000 != 0 else {
            cell.scalars.0 = spot.glyph
            return cell
        }
        let scalars = picture.clusters.scalars(spot.glyph).map(\.value)
        func at(_ index: Int) -> UInt32 { index < scalars.count ? scalars[index] : 0 }
        cell.scalars = (at(0), at(1), at(2), at(3), at(4))
        return cell
    }

    private func forgetPicture() {
        picture = Picture(isASCII: picture.isASCII, erasesInColor: picture.erasesInColor)
        shown = []
        drawn = nil
    }

    /// Draws everything again at the next frame.
    public func invalidate() {
        guard state == .active else { return }
        nc_forget()
        renditions?.forget()
        isPictureKnown = false
    }

    // MARK: Keys and size

    /// Takes everything typed so far; never waits.
    public func input() -> [Input] {
        guard state == .active else { return [] }
        var bytes: [UInt8] = []
        var count = 0
        repeat {
            let part = [UInt8](unsafeUninitializedCapacity: Self.readSize) { buffer, filled in
                count = nc_read(inputDescriptor, buffer.baseAddress, buffer.count)
                filled = max(0, count)
            }
            bytes += part
            // A line that never falls silent must not keep the frame from being drawn.
        } while count == Self.readSize && bytes.count < 16 * Self.readSize
        let now = clock.now - start
        let inputs = bytes.isEmpty ? decoder.settle(at: now) : decoder.decode(bytes, at: now)
        return count < 0 && bytes.isEmpty ? inputs + [.end] : inputs
    }

    /// Seconds until what is open is decided, such as a lone Esc; infinite when nothing is.
    public var secondsUntilDecided: Double {
        guard state == .active, let deadline = decoder.deadline else { return .infinity }
        return max(0, (deadline - (clock.now - start)) / .seconds(1))
    }

    /// What the kernel keeps of a terminal's input at most.
    private static let readSize = 4096

    /// Asks the terminal for its size again after a signal; true when it changed.
    public func measure() -> Bool {
        guard state == .active else { return false }
        let measured = Self.measuredSize(outputDescriptor)
        guard measured != size else { return false }
        size = measured
        nc_resize(Int32(size.width), Int32(size.height))
        shown = []
        drawn = nil
        isPictureKnown = false
        return true
    }

    private static func measuredSize(_ descriptor: Int32) -> Size {
        var width: Int32 = 0
        var height: Int32 = 0
        if nc_window_size(descriptor, &width, &height) == 0 { nc_screen_size(&width, &height) }
        return Size(max(1, Int(width)), max(1, Int(height)))
    }

    // MARK: Past the frame

    /// Switches mouse reports on or off.
    public func setMouse(_ on: Bool) {
        guard on != isMouseOn, isLikeXterm else { return }
        isMouseOn = on
        emit(on ? Self.mouseOn : Self.mouseOff)
    }

    /// Writes bytes that draw nothing, such as a bell or an OSC sequence, behind the frame drawn last.
    public func emit(_ bytes: [UInt8]) {
        guard state == .active else { return }
        line.write(bytes)
    }

    private static let pasteOn = Array("\u{1B}[?2004h".utf8)
    private static let pasteOff = Array("\u{1B}[?2004l".utf8)
    private static let mouseOn = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
    private static let mouseOff = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)

    private static func restoration(isLikeXterm: Bool) -> [UInt8] {
        var bytes = isLikeXterm ? mouseOff + pasteOff : []
        for name in ["rmkx", "sgr0", "op", "cnorm", "rmcup"] {
            let capability = capability(name)
            bytes += capability
            if name == "rmcup", capability.isEmpty { bytes += Array("\r\n".utf8) }
        }
        return bytes
    }

    /// Descriptions of a terminal with direct colour that speak of 256, best first: see ``DirectPalette``.
    private static func namesInPalette(_ term: String) -> [String] {
        let family = term.split(separator: "-").first.map(String.init) ?? term
        return [family + "-256color", "xterm-256color", term]
    }

    /// Whether attributes are set by SGR, as on all but a few old terminals.
    private static var hasStandardAttributes: Bool {
        let reset = capability("sgr0")
        return ["\u{1B}[m", "\u{1B}[0m", "\u{1B}(B\u{1B}[m", "\u{1B}[0;10m"].contains {
            reset.starts(with: $0.utf8)
        }
    }

    private static func capability(_ name: String) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 128) { buffer, count in
            count = nc_capability(name, buffer.baseAddress, buffer.count)
        }
    }

    // MARK: Giving it back

    /// Gives the terminal back to the shell or an editor, as it was found.
    public func suspend() {
        guard state == .active else { return }
        leave()
        state = .suspended
    }

    /// Takes the terminal again and draws everything at the next frame; its size may have changed meanwhile.
    public func resume() {
        guard state == .suspended else { return }
        state = .active
        nc_screen_modes()
        nc_resume()
        isPictureKnown = false
        decoder.reset()
        renditions?.forget()
        shown = []
        drawn = nil
        _ = measure()
        if isLikeXterm { emit(Self.pasteOn + (isMouseOn ? Self.mouseOn : [])) }
    }

    /// Leaves the terminal as it was found; nothing may be drawn afterwards.
    public func close() {
        guard state != .closed else { return }
        if state == .active { leave() }
        state = .closed
        line.close()
        nc_close()
    }

    private func leave() {
        // A stopped line runs again, else it could not be given back.
        if isBehind { nc_unstop() }
        if isMouseOn { emit(Self.mouseOff) }
        if isLikeXterm { emit(Self.pasteOff) }
        nc_suspend()
        flush()
        emit(renditions?.finish() ?? [])
        if isBehind { nc_unstop() }
        line.push(milliseconds: 1000)
        nc_shell_modes()
    }
}
