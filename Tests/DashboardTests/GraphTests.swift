import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Graphs")
struct GraphTests {
    private let device = World.device(World.core, 2)

    private func view(_ desk: Desk) -> PictureView? {
        desk.state.layers.top as? PictureView
    }

    private func request(_ effects: [Effect]) throws -> PictureRequest {
        let requests = effects.compactMap { if case .picture(let request) = $0 { request } else { nil } }
        #expect(requests.count == 1)
        return try #require(requests.first)
    }

    @Test("v lists the graphs of what is opened, and Enter asks for one that fits the screen")
    func opening() throws {
        var desk = Desk.ready(size: Size(80, 24))
        desk.press("1")
        desk.go(to: device)
        desk.press("Enter")
        #expect(desk.press("v") == [.listPictures(device)])
        desk.send(.picturesListed(device, .success(World.graphs)))
        #expect(desk.lines.contains { $0.contains("Processor usage") })
        let asked = try request(desk.press("j", "Enter"))
        #expect(asked.picture == World.graphs[1] && asked.span == .day && asked.spansAgo == 0)
        #expect(asked.width == 320 && asked.height >= 120)
        #expect(desk.lines.contains { $0.contains("asking") })
        desk.send(World.drawn(asked))
        desk.tick(65)
        #expect(desk.lines.contains { $0.contains("Processor usage · 1 d") && $0.contains("1m ago") })
        #expect(desk.lines.contains { $0.contains("▀") || $0.contains("▄") })
        // Its edges stand for these times.
        #expect(desk.lines.contains { $0.contains("2026-11-20 03:14") && $0.contains("2026-11-21 03:14") })
        desk.press("Esc")
        #expect(desk.lines.contains { $0.contains("Device traffic") })
        desk.press("Esc")
        #expect(view(desk) == nil && desk.state.details.count == 1)
    }

    @Test("ranges and times are changed by keys, never beyond their ends")
    func ranges() throws {
        var desk = World.graphDesk(size: Size(80, 24))
        desk.send(World.drawn(try request(desk.press("Enter"))))
        func press(_ key: String) throws -> PictureRequest {
            let asked = try request(desk.press(key))
            desk.send(World.drawn(asked))
            return asked
        }
        #expect(try press("+").span == .sixHours)
        #expect(desk.press("+").isEmpty)
        #expect(desk.message.contains("6 h"))
        for span in [PictureSpan.day, .week, .month, .year] { #expect(try press("-").span == span) }
        #expect(desk.press("-").isEmpty)
        #expect(desk.press("l").isEmpty)
        let earlier = try press("h")
        #expect(earlier.spansAgo == 1)
        #expect(earlier.secondsAgo == (2 * PictureSpan.year.rawValue, PictureSpan.year.rawValue))
        // The end of what was looked at stays in the picture.
        let closer = try press("+")
        #expect(closer.span == .month && closer.spansAgo == 12)
        #expect(try press("l").spansAgo == 11)
        #expect(try press("j").picture == World.graphs[1])
        #expect(try press("k").picture == World.graphs[0])
        #expect(desk.press("k").isEmpty)
    }

    @Test("only one picture is on its way however fast keys are pressed, and the newest wish wins")
    func hurry() throws {
        var desk = World.graphDesk(size: Size(80, 24))
        let first = try request(desk.press("Enter"))
        #expect(desk.press("-", "-", "j").isEmpty)
        let next = try request(desk.send(World.drawn(first)))
        #expect(next.span == .month && next.picture == World.graphs[1])
        #expect(view(desk)?.shown == nil)
        // What nobody asked for is not shown.
        desk.send(World.drawn(first))
        #expect(view(desk)?.shown == nil)
        desk.send(World.drawn(next))
        #expect(view(desk)?.shown?.request == next)
    }

    @Test("what the server can't draw is said in words, and r asks again")
    func errors() throws {
        var desk = World.graphDesk(size: Size(80, 24))
        let asked = try request(desk.press("Enter"))
        desk.send(.pictured(asked, .failure(BackendError(.missing, "the server drew nothing"))))
        #expect(desk.lines.contains { $0.contains("the server drew nothing; r asks again") })
        desk.send(World.drawn(try request(desk.press("r"))))
        #expect(!desk.lines.contains { $0.contains("drew nothing") })

        desk.press("Esc", "Esc", "v")
        desk.send(.picturesListed(device, .failure(BackendError(.server, "it failed (500)"))))
        #expect(desk.lines.contains { $0.contains("it failed (500)") })
        #expect(desk.press("r") == [.listPictures(device)])
        desk.send(.picturesListed(device, .success([])))
        #expect(desk.lines.contains { $0.contains("draws no graphs") })
        #expect(desk.press("Enter").isEmpty)
    }

    @Test("w saves the graph at its full size, and tells where")
    func saving() throws {
        var desk = World.graphDesk(size: Size(80, 24))
        let asked = try request(desk.press("Enter"))
        var saved = asked
        saved.width = 1075
        saved.height = 300
        #expect(desk.press("w") == [.savePicture(saved)])
        desk.send(.pictureSaved(.success("/var/lib/nocturne/graphs/core.png")))
        #expect(desk.message == "saved as core.png in /var/lib/nocturne/graphs")
        desk.send(.pictureSaved(.failure(BackendError(.invalid, "the disk is full"))))
        #expect(desk.message == "not saved: the disk is full")
    }

    @Test("where there are no graphs the key and the palette say why")
    func reasons() {
        var desk = Desk.ready()
        desk.press("5", "Enter")
        #expect(desk.press("v").isEmpty)
        #expect(desk.message.contains("bonds draws no graphs of a bond"))
        let entry = desk.state.paletteEntries("Graphs").first { $0.action == .own(.pictures) }
        #expect(entry?.reason?.contains("draws no graphs") == true)
    }

    @Test("another size fits the picture again without asking for it")
    func resizing() throws {
        var desk = World.graphDesk(size: Size(80, 24))
        desk.send(World.drawn(try request(desk.press("Enter"))))
        #expect(desk.send(.resized(Size(120, 40))).isEmpty)
        #expect(view(desk)?.shown?.mosaic.size.width == 120)
        for size in [Size(20, 5), Size(1, 1), Size(0, 0), Size(200, 60)] {
            desk.send(.resized(size))
            #expect(render(desk.state).size == size)
        }
    }

    @Test("graphs at every size, listed and drawn")
    func golden() throws {
        for size in [Size(80, 24), Size(120, 40), Size(40, 10), Size(20, 5)] {
            try Golden.check(World.graphDesk(size: size).state, "graphs")
            var desk = World.graphDesk(size: size)
            desk.send(World.drawn(try request(desk.press("Enter"))))
            desk.tick(12)
            try Golden.check(desk.state, "graph")
        }
        var desk = World.graphDesk(
            size: Size(80, 24), terminal: Capabilities(colors: 0, unicode: false, name: "vt100"))
        desk.send(World.drawn(try request(desk.press("Enter"))))
        try Golden.check(desk.state, "graph-mono")
    }
}
