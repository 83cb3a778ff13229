import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
@testable import Filter
import Testing

/// A table that somebody made up: fields of all types, rows of all lengths, wide characters.
private struct MadeUp {
    private var random: UInt64
    private(set) var table: Table

    init(seed: UInt64) {
        random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        table = .empty(Offer.bond, World.core)
        table = make()
    }

    mutating func number(_ range: Range<Int>) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return range.lowerBound + Int(random % UInt64(range.count))
    }

    private mutating func make() -> Table {
        let types: [FieldType] = [
            .text, .word, .ref(.device), .state, .integer, .rate, .bytes, .percent, .flag, .duration, .text,
        ]
        let count = number(2..<10)
        let fields = (0..<count).map { place in
            let low = number(1..<14)
            return Field(
                place == 0 ? .name : FieldKey(rawValue: "f\(place)"),
                String(repeating: "T", count: number(1..<13)),
                place == 0 ? .text : types[number(0..<types.count)],
                width: low...(low + number(0..<30)), priority: number(0..<9))
        }
        let resource = ResourceDescriptor("made", plural: "made", pane: "made", fields: fields, interval: 60)
        // Some columns are short, some long, some empty, whatever their type.
        let spans = fields.map { _ in [0, 3, 9, 30, 80][number(0..<5)] }
        var builder = TableBuilder(resource, World.core)
        for row in 0..<number(1..<40) {
            builder.begin(EntityRef(World.core, "made", id: Int64(row + 1)))
            for (place, field) in fields.enumerated() {
                let isSet = spans[place] > 0 && number(0..<4) > 0
                switch field.type {
                case .flag: builder.set(place, flag: isSet ? number(0..<2) == 0 : nil)
                case .integer, .rate, .bytes, .duration:
                    builder.set(
                        place, integer: isSet ? Int64(number(0..<[9, 5_000, 9_000_000][number(0..<3)])) : nil)
                case .percent: builder.set(place, number: isSet ? Double(number(0..<1300)) / 10 : nil)
                case .ref: builder.set(place, ref: nil, name: isSet ? text(spans[place]) : "")
                case .state: builder.set(place, text: isSet ? ["up", "down", "disabled"][number(0..<3)] : "")
                default: builder.set(place, text: isSet || place == 0 ? text(max(1, spans[place])) : "")
                }
            }
        }
        return builder.finish()
    }

    /// Without blanks, so that one that is drawn lies between two texts.
    private mutating func text(_ most: Int) -> String {
        let alphabet = Array(number(0..<3) == 0 ? "añя中あ한e\u{301}–z" : "abcdefgh.-0123")
        return String((0..<number(1..<(most + 1))).map { _ in alphabet[number(0..<alphabet.count)] })
    }
}

@Suite("Room goes to content")
struct ColumnLayoutTests {
    private func pane(_ table: Table) throws -> PaneState {
        let pane = try #require(
            Pane.all(for: [table.resource], backendWidth: nil).first { $0.name == "made" })
        var state = PaneState(pane)
        let request = Arrangement.Request(tables: [table], context: FilterContext(now: World.wall))
        _ = state.show(try #require(Arrangement.make(request)), page: 30, isSettled: true, known: [table])
        return state
    }

    /// From the narrowest to the widest screens, the ends as often as what lies between.
    private static func width(_ made: inout MadeUp) -> Int {
        let between = made.number(24..<220)
        return [40, between, between, 400][made.number(0..<4)]
    }

    @Test("no cell is cut while a blank cell of the same row could hold it", arguments: Seeds.of(240))
    func blanks(seed: UInt64) throws {
        var made = MadeUp(seed: seed + 1)
        let width = Self.width(&made)
        let pane = try pane(made.table)
        let state = Desk().state
        let picture = TablePicture(state, pane, width: width)
        var frame = Frame(
            size: Size(width, made.table.count + 1), sheet: state.theme.sheet, style: Theme.style(.text))
        picture.draw(in: &frame, Rect(0, 0, width, made.table.count + 1))
        let layout = picture.columns
        for y in 1...made.table.count {
            for (index, placed) in layout.placed.enumerated() where placed.column.isText {
                let end = layout.placed.dropFirst(index + 1).first.map { $0.x } ?? width
                let dots = (placed.x..<end).first { frame.text(of: frame[$0, y]) == "…" }
                guard let dots else { continue }
                func isBlank(_ x: Int) -> Bool { frame[x, y].glyph == 0x20 }
                var last = dots
                while last + 1 < layout.end, !isBlank(last + 1) { last += 1 }
                var next = last + 1
                while next < layout.end, isBlank(next) { next += 1 }
                let blanks = next - last - 1
                // One before what stands next, and one that half of a wide character would need.
                let spare = next == layout.end ? 1 : 2
                #expect(blanks <= spare, "seed \(seed), width \(width), row \(y): \(frame.textLines()[y])")
            }
        }
    }

    @Test(
        "no column is wider than what is in it while another is cut, and none is cut with room at the end",
        arguments: Seeds.of(240))
    func widths(seed: UInt64) throws {
        var made = MadeUp(seed: seed + 1)
        let width = Self.width(&made)
        let pane = try pane(made.table)
        let layout = ColumnLayout(pane, width: width)
        func content(_ column: PaneColumn) -> Int {
            let place = made.table.resource.index(of: column.key) ?? 0
            return (0..<made.table.count).reduce(0) { widest, row in
                let cell = CellText(
                    made.table.value(row, place), column.type, key: column.key, now: World.wall)
                return max(widest, CharacterWidth.of(cell.text))
            }
        }
        let isCut = layout.placed.contains { $0.column.isText && $0.width < content($0.column) }
        for placed in layout.placed {
            // What is scaled gets what any number of its kind needs, wide or joined characters what they may need.
            let spare = placed.column.isText ? content(placed.column) : 7
            let need = max(content(placed.column), CharacterWidth.of(placed.column.title) + 1)
            #expect(placed.width <= need + spare, "seed \(seed), width \(width), \(placed)")
        }
        guard isCut, let last = layout.placed.last else { return }
        #expect(last.x + last.width >= layout.end, "seed \(seed), width \(width)")
    }

    @Test("columns stand still while one scrolls, and while rows of like length come and go")
    func still() throws {
        var desk = Desk.ready(size: Size(120, 20))
        desk.press("2")
        let before = ColumnLayout(desk.pane, width: 120).placed
        desk.press("G", "k", "k")
        #expect(ColumnLayout(desk.pane, width: 120).placed == before)
        let names = { (widest: String) in
            var builder = TableBuilder(Offer.bond, World.core)
            for (number, name) in ["acme-north", widest].enumerated() {
                builder.begin(EntityRef(World.core, "bond", id: Int64(number + 1)))
                builder.set(1, text: name)
                builder.set(0, text: "up")
            }
            return builder.finish()
        }
        func width(_ state: PaneState) -> Int? {
            ColumnLayout(state, width: 120).placed.first { $0.column.key == .name }?.width
        }
        var state = PaneState(try #require(Pane.all(for: [Offer.bond]).first { $0.name == "bonds" }))
        for (widest, wanted) in [
            ("globex-north-02", 15), ("globex-nort", 15), ("globex-north-0002", 17), ("initech", 10),
        ] {
            let table = names(widest)
            let request = Arrangement.Request(tables: [table], context: FilterContext(now: World.wall))
            let arrangement = try #require(Arrangement.make(request))
            _ = state.show(arrangement, page: 10, isSettled: true, known: [table])
            #expect(width(state) == wanted, "\(widest)")
        }
    }

    @Test("a duration between the shortest and the longest one is not cut, though it may need more than both")
    func durations() throws {
        var builder = TableBuilder(Offer.device, World.core)
        for (id, hours) in [24 * 515 + 10, 24 * 694 + 9, 24 * 10 + 1].enumerated() {
            builder.begin(World.device(World.core, Int64(id + 1)))
            builder.set(0, text: "up")
            builder.set(1, text: "mad1-\(id)")
            builder.set(6, integer: Int64(hours) * 3_600)
        }
        let table = builder.finish()
        var state = PaneState(try #require(Pane.all(for: [Offer.device]).first { $0.name == .devices }))
        let request = Arrangement.Request(tables: [table], context: FilterContext(now: World.wall))
        _ = state.show(try #require(Arrangement.make(request)), page: 10, isSettled: true, known: [table])
        let uptime = ColumnLayout(state, width: 120).placed.first { $0.column.key == "uptime" }
        #expect(try #require(uptime).width >= CharacterWidth.of("515d 10h"))
    }

    @Test("a name is cut in the middle: what tells it from its like stays")
    func names() {
        #expect(TextLayout.cutMiddle("mad1-agg-fra-02", to: 10) == "mad1-…a-02")
        #expect(TextLayout.cutMiddle("mad1-agg-fra-02", to: 15) == "mad1-agg-fra-02")
        #expect(TextLayout.cutMiddle("mad1-agg-fra-02", to: 4) == "mad…")
        for width in 1...20 {
            for name in [
                "mad1-agg-fra-02.example.net", "中中中中中中中中中中中中",
                "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
            ] {
                #expect(CharacterWidth.of(TextLayout.cutMiddle(name, to: width)) <= width)
            }
        }
    }
}
