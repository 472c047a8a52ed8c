#include "base/progress.h"

#include "base/clock.h"

const char progress_waiting[] = "等待别人写完";

enum { FIRST_MS = 500, EACH_MS = 200, SURE_MS = 500 };

void progress_phase(struct progress *progress, const char *phase,
		    const char *unit, uint64_t total)
{
	if (!progress)
		return;
	progress->phase = phase;
	progress->unit = unit;
	progress->total = total;
	progress->done = 0;
	progress->final = false;
	progress->shown = 0; /* a new one is worth a look */
	progress->phase_began = clock_ticks();
	if (!progress->began)
		progress->began = progress->phase_began;
}

void progress_final(struct progress *progress, const char *phase,
		    const char *unit, uint64_t total)
{
	progress_phase(progress, phase, unit, total);
	if (progress)
		progress->final = true;
}

bool progress_at(struct progress *progress, uint64_t done)
{
	if (!progress)
		return true;
	progress->done = done;
	if (!progress->cancelled && progress->tell && !progress->tell(progress))
		progress->cancelled = !progress->final;
	return !progress->cancelled;
}

bool progress_cancelled(struct err *err)
{
	return err_set(err, ERR_REFUSED, "已取消，未保存");
}

bool progress_due(struct progress *progress)
{
	int64_t now = clock_ticks();

	if (now - progress->began < FIRST_MS ||
	    (progress->shown && now - progress->shown < EACH_MS))
		return false;
	progress->shown = now;
	return true;
}

static void add_left(uint64_t seconds, struct buf *out)
{
	if (seconds >= 120)
		buf_printf(out, "，约剩 %llu 分",
			   (unsigned long long)(seconds + 59) / 60);
	else
		buf_printf(out, "，约剩 %llu 秒", (unsigned long long)seconds);
}

/* In this phase; nothing is said before there is something to judge by. */
void progress_text(const struct progress *progress, struct buf *out)
{
	uint64_t done = progress->done, total = progress->total;
	int64_t spent = clock_ticks() - progress->phase_began;

	buf_str(out, progress->phase);
	if (!total && done)
		buf_printf(out, " %llu %s", (unsigned long long)done,
			   progress->unit);
	if (!total)
		return;
	if (done > total)
		done = total;
	buf_printf(out, " %llu/%llu %s %llu%%", (unsigned long long)done,
		   (unsigned long long)total, progress->unit,
		   (unsigned long long)(done * 100 / total));
	if (done && spent >= SURE_MS)
		add_left((uint64_t)spent * (total - done) / done / 1000 + 1,
			 out);
}
