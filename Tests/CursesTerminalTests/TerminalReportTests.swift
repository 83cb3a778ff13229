import Canvas
import Testing

@testable import CursesTerminal

enum TerminalReports {
    /// What terminals send by themselves or when they are asked.
    static let all = [
        // OSC: colours, the clipboard, titles; ended by BEL and by ST.
        "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{7}", "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{1B}\\",
        "\u{1B}]52;c;cXVpdCBYIGE=\u{7}",
        "\u{1B}]4;1;rgb:ff/00/00\u{1B}\\", "\u{1B}]lquit Q Ü 中\u{1B}\\", "\u{1B}]Lx\u{1B}\\",
        // DCS: XTVERSION, DA3, XTGETTCAP, DECRQSS, DECRPSS.
        "\u{1B}P>|kitty(0.35.0)\u{1B}\\", "\u{1B}P!|7E565445\u{1B}\\", "\u{1B}P1+r524742=382F382F38\u{1B}\\",
        "\u{1B}P0+r\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\",
        // APC of kitty's graphics.
        "\u{1B}_Gi=31;OK\u{1B}\\",
        // DA1, DA2, DSR, CPR, DECXCPR, DECRPM, window reports, modes, colour schemes, sizes, focus.
        "\u{1B}[?62;1;4c", "\u{1B}[>41;366;0c", "\u{1B}[0n", "\u{1B}[24;80R", "\u{1B}[1;1R", "\u{1B}[?1;1R",
        "\u{1B}[?2026;2$y", "\u{1B}[4;600;800t", "\u{1B}[>4;2m", "\u{1B}[?1u", "\u{1B}[?997;1n",
        "\u{1B}[48;40;120;800;1200t", "\u{1B}[I", "\u{1B}[O", "\u{1B}[113;1u",
        // Of the mouse: releases, movements, other buttons, in each form.
        "\u{1B}[<0;3;2m", "\u{1B}[<35;3;2M", "\u{1B}[<2;3;2M", "\u{1B}[32;0;0M", "\u{1B}[M#!!", "\u{1B}[201~",
    ]
}

@Suite("Parsing what a terminal sends: what is no key")
struct TerminalReportTests {
    @Test("no report runs as a key, in one piece or byte by byte", arguments: TerminalReports.all)
    func isNoKey(_ report: String) {
        for gap in [0, 1, 10, 24] {
            var typing = Typing()
            for byte in report.utf8 { typing.type([byte], after: .milliseconds(gap)) }
            typing.type("j".utf8, after: .milliseconds(gap))
            #expect(typing.finish() == keys("j"), "\(gap) ms between the bytes")
        }
        for cut in 1..<report.utf8.count {
            var typing = Typing()
            typing.type(report.utf8.prefix(cut))
            typing.type(report.utf8.dropFirst(cut), after: .milliseconds(100))
            typing.type("j".utf8, after: .milliseconds(600))
            let events = typing.finish()
            // A cut behind the escape byte makes it an Esc: nobody could know better.
            #expect(
                events == keys("j") || cut == 1 && events == keys("Esc", "j"), "cut behind \(cut): \(events)")
        }
    }

    @Test("strings that no terminal sends today are swallowed as well when they come whole")
    func strings() {
        for text in [
            "\u{1B}^quit\u{1B}\\", "\u{1B}XQ q\u{1B}\\", "\u{1B}Pquit\u{1B}\\", "\u{1B}_quit\u{7}",
            "\u{1B}NA", "\u{1B}P\u{1B}\\",
        ] {
            #expect(typed(text + "j") == keys("j"), "\(text.debugDescription)")
        }
    }

    @Test("Esc before a report is not lost, and one that breaks a string off acts")
    func escape() {
        #expect(typed("\u{1B}\u{1B}]11;rgb:0/0/0\u{7}j") == keys("Esc", "j"))
        #expect(typed("\u{1B}\u{1B}[?62c") == keys("Esc"))
        #expect(typed([(0, "\u{1B}]11;rgb"), (100, "\u{1B}"), (700, "j")]) == keys("Esc", "j"))
        #expect(typed([(0, "\u{1B}]11;rgb"), (100, "\u{1B}[A")]) == keys("Up"))
        #expect(typed("\u{1B}]11;rgb\u{18}j") == keys("j"))
        #expect(typed("\u{1B}[12\rj") == keys("Enter", "j"))
    }

    @Test(
        "a report that does not end frees the keyboard",
        arguments: [
            "\u{1B}]11;rgb:", "\u{1B}P1+r", "\u{1B}_G", "\u{1B}^x", "\u{1B}[?", "\u{1B}[<0;1", "\u{1B}[M!",
        ])
    func endless(_ report: String) {
        // At once after a pause, and after two seconds for whoever goes on typing, also digits.
        #expect(typed([(0, report), (501, "5")]) == keys("5"))
        var typing = Typing()
        typing.type(report.utf8)
        for _ in 0..<100 { typing.type("5".utf8, after: .milliseconds(33)) }
        let events = typing.finish()
        #expect(events.count >= 38 && events.allSatisfy { keys("5").contains($0) }, "\(events.count)")
    }

    @Test("a long report may take its time as long as it flows")
    func long() {
        var typing = Typing()
        typing.type("\u{1B}]52;c;".utf8)
        for _ in 0..<4000 { typing.type("Q".utf8, after: .milliseconds(8)) }
        typing.type("\u{7}j".utf8, after: .milliseconds(8))
        #expect(typing.finish() == keys("j"))
        #expect(typed("\u{1B}[" + String(repeating: "1", count: 100_000) + "Aj") == keys("j"))
    }

    @Test("the mouse reports clicks and the wheel in the three forms that there are")
    func mouse() throws {
        let click = try #require(MouseReport(button: 0, x: 12, y: 5))
        let wheel = try #require(MouseReport(button: 64, x: 1, y: 1))
        #expect(typed("\u{1B}[<0;12;5Mq") == [.mouse(click)] + keys("q"))
        #expect(typed("\u{1B}[32;12;5Mq") == [.mouse(click)] + keys("q"))
        #expect(typed("\u{1B}[M ,%q") == [.mouse(click)] + keys("q"))
        #expect(
            typed("\u{1B}[<68;1;1M\u{1B}[96;1;1M\u{1B}[M`!!") == [
                .mouse(wheel), .mouse(wheel), .mouse(wheel),
            ])
        #expect(click.x == 11 && click.y == 4)
        // Beyond column 95 the old form is no UTF-8.
        var typing = Typing()
        typing.type([0x1B, 0x5B, 0x4D, 0x20, 0xC8, 0xE0, 0x71])
        #expect(typing.finish() == [.mouse(try #require(MouseReport(button: 0, x: 168, y: 192)))] + keys("q"))
        #expect(typed("\u{1B}[M \rj") == keys("Enter", "j"))
    }

    // MARK: Pastes

    @Test("a paste is one event, whatever is in it and however it is cut")
    func paste() {
        let text = "a\u{1B}[200~one\rq\u{1B}[Q\u{1B}[20\u{1B}]0;ñ\u{1B}[201~b"
        let expected = keys("a") + [.paste("one\nq\u{1B}[Q\u{1B}[20\u{1B}]0;ñ")] + keys("b")
        for gap in [0, 20, 1900] {
            var typing = Typing()
            typing.type("a\u{1B}[200~".utf8)
            for byte in text.utf8.dropFirst(7) { typing.type([byte], after: .milliseconds(gap)) }
            #expect(typing.finish() == expected)
        }
        #expect(typed("\u{1B}\u{1B}[200~x\u{1B}[201~") == keys("Esc") + [.paste("x")])
    }

    @Test("a paste that comes behind an Esc that was decided is a paste")
    func latePaste() {
        #expect(
            typed([(0, "\u{1B}"), (100, "[200~quit\u{1B}[201~j")]) == keys("Esc") + [.paste("quit")]
                + keys("j"))
    }

    @Test("a paste whose end was lost is over after two seconds, and the next key is a key")
    func lostEnd() {
        #expect(typed([(0, "\u{1B}[200~xy"), (2100, "j")]) == [.paste("xy")] + keys("j"))
        #expect(typed([(0, "\u{1B}[200~xy"), (9000, "\u{1B}")]) == [.paste("xy")] + keys("Esc"))
        #expect(
            typed([(0, "\u{1B}[200~xy"), (2100, "\u{1B}[B"), (2300, "j")]) == [.paste("xy")]
                + keys("Down", "j"))
        #expect(
            typed([(0, "\u{1B}[200~xy"), (3000, "\u{1B}[200~z\u{1B}[201~")]) == [.paste("xy"), .paste("z")])
    }

    @Test("the rest of a paste that was held up on its way is no keys")
    func heldUp() {
        let rest = String(repeating: "Q", count: 500)
        #expect(
            typed([(0, "\u{1B}[200~xy"), (9000, rest + "\u{1B}[201~"), (9300, "j")])
                == [.paste("xy"), .paste(rest)] + keys("j"))
        #expect(
            typed([(0, "\u{1B}[200~xy"), (9000, "Q\r\u{1B}[201~"), (9300, "j")]) == [.paste("xy")] + keys("j")
        )
    }

    @Test("an endless paste is cut, between two characters")
    func endlessPaste() {
        let count = PasteCollector.limit
        let events = typed("\u{1B}[200~x" + String(repeating: "é", count: count / 2 + 10) + "\u{1B}[201~j")
        #expect(events == [.paste("x" + String(repeating: "é", count: count / 2 - 1))] + keys("j"))
    }
}
