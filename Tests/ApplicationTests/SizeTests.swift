import Canvas
import Dashboard
import Testing

@testable import nocturne

@Suite("Every size from 20×5 to 200×60", .timeLimit(.minutes(15)))
struct SizeTests {
    private static let sizes = [
        (20, 5), (21, 6), (30, 7), (40, 8), (40, 10), (59, 13), (80, 24), (81, 25), (119, 37), (132, 43),
        (200, 60),
        (200, 5), (20, 60),
    ]

    @Test("is drawn whole while answers arrive, with every overlay")
    func whileArriving() async throws {
        try await withApplication(size: Size(20, 5)) { app, _ in
            let steps: [[String]] = [
                ["0"], ["1"], ["2"], ["3"], ["?"], ["q", ":"], ["Esc", "L"], ["q", "!"], ["q", "1", "Enter"],
                ["Esc", "3", "a"], ["Esc", "/"], ["Esc"],
            ]
            for (number, step) in steps.enumerated() {
                for key in step { app.press(key) }
                let order = number.isMultiple(of: 2) ? Self.sizes : Self.sizes.reversed()
                for (width, height) in order {
                    app.resize(to: width, height)
                    Self.expectWhole(width, height, app)
                }
            }
            await app.waitUntilIdle()
            for key in ["0", "1", "2", "3", "a", "ctrl-t", "Enter"] {
                app.press(key)
                await app.waitUntilIdle()
                for (width, height) in Self.sizes {
                    app.resize(to: width, height)
                    Self.expectWhole(width, height, app)
                }
            }
        }
    }

    @Test("one resize is one frame, and the row under the cursor stays on the screen")
    func cursor() async throws {
        try await withApplication(size: Size(120, 40)) { app, _ in
            await app.waitUntilIdle()
            app.press("2", "G")
            let port = app.state.pane.cursor
            for (width, height) in Self.sizes {
                let draws = app.terminal.record.draws
                app.resize(to: width, height)
                #expect(app.terminal.record.draws == draws + 1)
                #expect(app.state.pane.cursor == port)
                if !app.picture.contains("▌") { app.fail("the cursor is in sight", #_sourceLocation) }
            }
        }
    }

    @Test("the smallest screen still says how every backend is and what is wrong")
    func smallest() async throws {
        try await withApplication(size: Size(20, 5)) { app, _ in
            await app.waitUntilIdle()
            app.press("3")
            app.expect(shows: "▲ 3")
            app.press("a")
            app.expect(shows: "Note:")
        }
    }

    private static func expectWhole(_ width: Int, _ height: Int, _ app: Application) {
        let frame = app.terminal.record.frame
        #expect(frame?.size == Size(width, height))
        #expect(app.screen.count == height)
        if app.screen.first?.isEmpty != false {
            app.fail("the header is there at \(width)×\(height)", #_sourceLocation)
        }
        if let cursor = frame?.cursor, cursor.x >= width || cursor.y >= height || cursor.x < 0 || cursor.y < 0
        {
            app.fail("the cursor is inside \(width)×\(height)", #_sourceLocation)
        }
    }
}
