from tests.discord.conftest import Classroom, buttons, reply, texts

async def test_smoke(classroom):
    r = await classroom.instructor.slash(classroom.channel, "quiz live", set="rivers", questions=2, seconds=20)
    print(texts(reply(r)))
    lobby = classroom.newest()
    print(texts(lobby), buttons(lobby))
    await classroom.instructor.click(lobby, label="Start")
    q = classroom.newest()
    print(texts(q), buttons(q))
    await classroom.restart()
    r = await classroom.students[0].click(q, custom_id=list(buttons(q).values())[0])
    print(texts(reply(r)))
    await classroom.restart(away=30)
    print(texts(classroom.refreshed(q)))
    await classroom.env.advance_time(100)
    for m in classroom.posted(): print("---", texts(m))
