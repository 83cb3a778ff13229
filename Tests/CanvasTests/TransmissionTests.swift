import Canvas
import Testing

@Suite("What leaves past the frame")
struct TransmissionTests {
    private func terminal(_ name: String, _ multiplexer: Multiplexer = .none) -> Capabilities {
        Capabilities(colors: 256, unicode: true, name: name, multiplexer: multiplexer)
    }

    private func text(_ transmission: Transmission, _ terminal: Capabilities) -> String {
        String(decoding: transmission.bytes(for: terminal), as: UTF8.self)
    }

    @Test("a terminal gets the clipboard by OSC 52")
    func clipboard() {
        #expect(text(.clipboard(base64: "YQ=="), terminal("xterm-256color")) == "\u{1B}]52;c;YQ==\u{07}")
    }

    @Test("tmux gets it for itself, and once more with every escape doubled for the terminal behind")
    func tmux() {
        let plain = "\u{1B}]52;c;YQ==\u{07}"
        #expect(
            text(.clipboard(base64: "YQ=="), terminal("screen-256color", .tmux))
                == plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
    }

    @Test("GNU screen gets pieces that it can keep, which are the sequence when put together")
    func screen() {
        let base64 = String(repeating: "QUJD", count: 400)
        let pieces = text(.clipboard(base64: base64), terminal("screen", .screen)).split(separator: "\u{1B}P")
        #expect(pieces.count > 4)
        #expect(pieces.allSatisfy { $0.hasSuffix("\u{1B}\\") && $0.utf8.count <= 256 })
        let whole = pieces.map { $0.dropLast(2) }.joined()
        #expect(whole == "\u{1B}]52;c;\(base64)\u{07}")
    }

    @Test(
        "what would print a sequence gets none, but a bell always",
        arguments: ["linux", "vt100", "vt220", "dumb", "ansi", ""])
    func consoles(_ name: String) {
        let console = terminal(name)
        #expect(console.clipboard == .absent)
        #expect(Transmission.clipboard(base64: "YQ==").bytes(for: console).isEmpty)
        #expect(Transmission.notification(title: "a", body: "b", .osc9).bytes(for: console).isEmpty)
        #expect(Transmission.bell.bytes(for: console) == [7])
    }

    @Test(
        "a clipboard is relied on where the terminal has it without being asked, never behind a multiplexer")
    func reliance() {
        #expect(terminal("xterm-kitty").clipboard == .certain)
        #expect(terminal("foot-extra").clipboard == .certain)
        #expect(terminal("xterm-256color").clipboard == .possible)
        #expect(terminal("xterm-kitty", .tmux).clipboard == .possible)
        #expect(terminal("vte-256color").clipboard == .possible)
    }

    @Test("a notification carries no control character, ends no field early and is not long")
    func hostile() {
        let body = "a\u{1B}]52;c;x\u{07}b;\u{9C}\n" + String(repeating: "long ", count: 99)
        for form in [NotificationForm.osc9, .osc777] {
            let sent = text(.notification(title: "4;t", body: body, form), terminal("xterm"))
            let inside = sent.dropFirst().dropLast().unicodeScalars
            #expect(inside.allSatisfy { !CleanText.isHostile($0) })
            #expect(sent.count < 300)
        }
        let sent = text(.notification(title: "4;t", body: "b", .osc777), terminal("xterm"))
        #expect(sent == "\u{1B}]777;notify;4,t;b\u{07}")
    }

    @Test("terminals are told by the form that they know")
    func forms() {
        func form(_ name: String) -> String {
            text(.notification(title: "n", body: "b", .automatic), terminal(name))
        }
        #expect(form("foot").hasPrefix("\u{1B}]777;"))
        #expect(form("xterm-kitty").hasPrefix("\u{1B}]9;n: b"))
        let wrapped = text(.notification(title: "n", body: "b", .osc9), terminal("tmux-256color", .tmux))
        #expect(wrapped == "\u{1B}Ptmux;\u{1B}\u{1B}]9;n: b\u{07}\u{1B}\\")
    }

    @Test("a multiplexer is known by its variable, and through ssh by the terminal's name")
    func multiplexers() {
        #expect(Multiplexer(term: "xterm", tmux: "/tmp/tmux-0", screen: "") == .tmux)
        #expect(Multiplexer(term: "screen-256color", tmux: "/tmp/tmux-0", screen: "1.pts") == .tmux)
        #expect(Multiplexer(term: "xterm", tmux: "", screen: "1.pts") == .screen)
        #expect(Multiplexer(term: "tmux-256color", tmux: "", screen: "") == .tmux)
        #expect(Multiplexer(term: "screen.xterm", tmux: "", screen: "") == .screen)
        #expect(Multiplexer(term: "xterm", tmux: "", screen: "") == .none)
    }
}
