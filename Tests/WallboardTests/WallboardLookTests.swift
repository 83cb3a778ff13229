import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

@Suite("Looks of the wallboard")
struct WallboardLookTests {
    /// How many cells differ between two frames.
    private func difference(_ a: Frame, _ b: Frame) -> Int {
        #expect(a.size == b.size)
        return zip(a.cells, b.cells).count { $0 != $1 }
    }

    @Test("a second changes a handful of cells, and at least one")
    func seconds() {
        for size in [Size(80, 24), Size(200, 60)] {
            var desk = Desk.quietWall(
                WallboardProfile(name: "s", pages: [WallboardPage(.overview)]), size: size)
            desk.live(61)
            var before = render(desk.state)
            var most = 0
            var all = 0
            for _ in 0..<90 {
                desk.live(1)
                let frame = render(desk.state)
                let cells = difference(before, frame)
                #expect(cells >= 1, "a second that changes nothing looks like a program that stands still")
                most = max(most, cells)
                all += cells
                before = frame
            }
            // When a minute is full, the ages of all servers and since when it is quiet are written again.
            #expect(most <= 64, "\(size): \(most)")
            #expect(all <= 90 * 8, "\(size): \(all) in a minute and a half")
        }
    }

    @Test("the heartbeat goes on only when data came, the second always")
    func heartbeat() {
        var desk = Desk.quietWall(size: Size(120, 40))
        desk.live(2)
        func beat() -> String {
            String(desk.text.drop { $0 != "•" }.prefix(1)) + "\(desk.board?.watch.beat ?? 0)"
        }
        desk.tick(1)
        let before = beat()
        desk.tick(1)
        desk.tick(1)
        #expect(beat() == before)
        desk.refreshed(World.core, .alert, .empty(Offer.alert, World.core))
        desk.refreshed(World.edge, .alert, .empty(Offer.alert, World.edge))
        #expect(beat() == before, "it moves with the second")
        desk.tick(1)
        #expect(desk.board?.watch.beat == (Int(before.dropFirst()) ?? 0) + 1)
    }

    @Test("everything moves by a cell every few minutes, and loses nothing at the edges")
    func shift() {
        let size = Size(120, 40)
        var seen: Set<String> = []
        for step in 0..<8 {
            let shift = Shift(size, every: 240, now: Instant(seconds: Double(step) * 240 + 1))
            #expect(shift.size == Size(119, 39))
            #expect(shift.offset.x + shift.size.width <= 120 && shift.offset.y + shift.size.height <= 40)
            seen.insert("\(shift.offset)")
        }
        #expect(seen.count == 4)
        var desk = Desk.quietWall(WallboardProfile(name: "s", pages: [WallboardPage(.overview)]))
        desk.live(1)
        let before = desk.lines.map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        let offset = Shift(size, every: 240, now: desk.state.now).offset
        desk.live(240)
        #expect("\(Shift(size, every: 240, now: desk.state.now).offset)" != "\(offset)")
        let after = desk.lines.map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        #expect(before.count == after.count)
        for (a, b) in zip(before, after)
        where !a.contains("page") && !a.contains("server") && !a.contains("quiet") {
            #expect(a == b)
        }
        #expect(Shift(Size(40, 10), every: 240, now: World.start).size == Size(40, 10))
        #expect(Shift(size, every: 0, now: World.start).size == size)
    }

    // MARK: Night

    private static let red = Style(
        foreground: Color(rgb: 0xFF8080, c256: 210, c16: 9),
        background: Color(rgb: 0x101010, c256: 233, c16: 0),
        attributes: .bold)
    private static let themes = [
        Theme(name: "day", roles: [.text: red]), Theme(name: "dark", roles: [:]),
    ]

    private func look(_ hour: Int64, _ night: NightHours?) -> Theme {
        var desk = Desk.wall(
            WallboardProfile(name: "n", pages: [WallboardPage(.map)], night: night), themes: Self.themes)
        let midnight = World.wall.seconds / 86_400 * 86_400
        desk.send(.tick(desk.state.now + 1, wall: Timestamp(midnight + hour * 3600), zone: 0))
        return desk.state.theme
    }

    @Test("by night another theme is worn, or the same at half the light; the night may span midnight")
    func night() {
        let named = NightHours(from: 22 * 60, to: 6 * 60, theme: "dark")
        #expect(
            [21, 22, 23, 0, 5, 6, 12].map { look($0, named).name } == [
                "day", "dark", "dark", "dark", "dark", "day", "day",
            ])
        let dimmed = NightHours(from: 0, to: 360)
        let style = look(3, dimmed).sheet[Theme.style(.text)]
        #expect(style.foreground == Color(rgb: 0x7F4040, c256: 95, c16: 1))
        #expect(style.background.c16 == 0)
        #expect(!style.attributes.contains(.bold))
        #expect(look(7, dimmed).sheet[Theme.style(.text)] == Self.red)
        #expect(look(3, nil).sheet[Theme.style(.text)] == Self.red)
        #expect(!HoursOfDay(from: 60, to: 60).contains(minute: 60))
    }

    @Test("the theme is switched by a key and keeps its look between seconds")
    func theme() {
        var desk = Desk.wall(
            WallboardProfile(name: "t", pages: [WallboardPage(.map)], theme: "dark"), themes: Self.themes)
        #expect(desk.state.theme.name == "dark")
        let sheet = desk.state.theme.sheet
        desk.tick(1)
        #expect(desk.state.theme.sheet === sheet)
        desk.press("T")
        #expect(desk.state.theme.name == "day")
        #expect(desk.message == "theme day")
    }

    // MARK: Numbers

    @Test("from 120×40 on the numbers are at least five rows high, and smaller ones have words")
    func digits() {
        for (size, least) in [
            (Size(120, 40), 5), (Size(160, 48), 5), (Size(240, 67), 10), (Size(500, 200), 20),
            (Size(80, 24), 3),
        ] {
            let many = ["1234+?", "12345", "1", "2"]
            for numbers in [["0", "0", "0", "0"], ["12+?", "?", "104+?", "9"], many] {
                // On a small screen numbers of so many digits are words.
                if size.width < 100, numbers == many { continue }
                let demands = numbers.map { BigDigits.Demand(digits: $0.count, words: 14) }
                let layout = WallboardLayout(
                    Size(size.width - 1, size.height - 1), numbers: demands, lines: 1, hasBanner: true,
                    unicode: true)
                #expect(layout.columns.reduce(0, +) < size.width)
                #expect((layout.font?.height ?? 0) >= least, "\(size) \(numbers)")
                #expect(layout.page.height > 0)
                #expect(layout.message.y >= layout.page.maxY)
            }
        }
    }

    @Test("digits are told apart in every pen, and none draws outside its width")
    func pens() {
        for pen in [BigDigits.Pen.cells(2, 1), .cells(1, 1), .cells(4, 2), .halves, .lines] {
            var seen: [[String]: Character] = [:]
            for character in "0123456789+?" {
                let font = BigDigits(pen: pen)
                var frame = Frame(size: Size(40, 12), sheet: StyleSheet([Style()]))
                font.draw(String(character), in: &frame, 0, 0, .text)
                let lines = frame.textLines()
                #expect(lines.allSatisfy { $0.count <= font.width(1) })
                #expect(!lines.dropFirst(font.height).contains { !$0.isEmpty })
                #expect(seen[lines] == nil, "\(character) looks like \(seen[lines] ?? " ") in \(pen)")
                seen[lines] = character
            }
        }
    }

    @Test("without UTF-8 every digit is still told apart")
    func asciiDigits() {
        for pen in [BigDigits.Pen.cells(2, 1), .lines] {
            var seen: Set<[String]> = []
            for character in "0123456789+?" {
                var frame = Frame(size: Size(20, 6), sheet: StyleSheet([Style()]))
                BigDigits(pen: pen).draw(String(character), in: &frame, 0, 0, .text)
                let lines = frame.textLines().map(Golden.ascii)
                #expect(!lines.joined().contains("?"))
                #expect(seen.insert(lines).inserted)
            }
        }
    }

    // MARK: Any size

    @Test("random keys, answers and sizes never trap, and every frame has the size of the terminal")
    func anything() {
        RandomWalk().walk(Seeds.of(6)) {
            $0 % 3 == 0 ? Desk.troubled(profile: WallboardProfile.standard) : Desk.wall(.standard)
        }
    }

    @Test("no size traps, draws a cursor or says less than the numbers")
    func sizes() {
        for troubled in [false, true] {
            var desk = troubled ? Desk.troubled(profile: WallboardProfile.standard) : Desk.wall()
            if troubled { desk.press("W", "y") }
            for width in [0, 1, 2, 7, 20, 21, 39, 40, 59, 60, 80, 120, 150, 200, 500] {
                for height in [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 16, 24, 29, 30, 40, 67, 200]
                where width * height < 20_000 || width == 500 && height == 200 {
                    desk.send(.resized(Size(width, height)))
                    for _ in 0..<(width * height < 3_000 ? 7 : 1) {
                        let frame = render(desk.state)
                        #expect(frame.size == Size(width, height))
                        #expect(frame.cursor == nil)
                        desk.send(.pageTurned)
                    }
                    guard width >= 20, height >= 5 else { continue }
                    #expect(desk.text.contains("▲"), "\(width)×\(height)")
                }
            }
        }
    }
}
