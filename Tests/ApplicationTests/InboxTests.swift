import CLinux
import Dashboard
import Testing

@testable import Runtime

@Suite("The inbox") struct InboxTests {
    private func rings(_ inbox: Inbox) -> Bool { clinux_wait([inbox.bell], 1, 0) > 0 }

    @Test("what comes while the main thread wakes by itself does not wake it, and is there when it does")
    func patience() throws {
        let inbox = try #require(Inbox())
        inbox.setPatient(true)
        inbox.post(.noticed(.good, "first"))
        inbox.wake()
        #expect(!rings(inbox))
        inbox.setPatient(false)
        #expect(inbox.take().count == 1)
        inbox.post(.noticed(.good, "second"))
        #expect(rings(inbox))
        #expect(inbox.take().count == 1)
        #expect(!rings(inbox))
    }

    @Test("an effect that ended has ended before the bell says so")
    func settled() throws {
        let inbox = try #require(Inbox())
        var wasSilent = false
        inbox.post(.noticed(.good, "done")) { wasSilent = !rings(inbox) }
        #expect(wasSilent && rings(inbox))
    }
}
