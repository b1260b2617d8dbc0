# Two commands: make demo, make test. Both work on a machine that has only Python 3.11 or newer.
PYTHON ?= python3
PORT ?= 8000
SCALE ?= sample
DB ?= sqlite
ARGS ?=
BIN := .venv/bin

.PHONY: help demo test check bench clean lock messages prepare

help:
	@echo "make demo [PORT=8000] [SCALE=sample|full]   准备好一切，装入演示区县，在 127.0.0.1 上运行"
	@echo "make test [DB=postgres] [ARGS=...]           全部测试（SQLite；或 PostgreSQL）"
	@echo "make check                                   风格、类型、墙、迁移、翻译"
	@echo "make bench                                   测速，写入 docs/benchmarks.md"
	@echo "make messages                                收集界面文字，列出还没有英文的"
	@echo "make clean                                   删除安装和构建出来的东西（不动 var/ 里的数据）"

demo:
	@$(PYTHON) bootstrap demo --port $(PORT) --scale $(SCALE)

prepare:
	@$(PYTHON) bootstrap dev

test: prepare
	@$(BIN)/python .ci/test.py --db $(DB) -- $(ARGS)

check: prepare
	@$(BIN)/python .ci/check.py

bench: prepare
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -r requirements-bench.lock
	@$(BIN)/python -m bench $(ARGS)

messages: prepare
	@$(BIN)/python .ci/messages.py

lock:
	@$(BIN)/python .ci/lock.py

clean:
	@rm -rf .venv front/node_modules front/dist wangge.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find wangge tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "已清理。数据仍在 $${WANGGE_HOME:-var}/，要一并删除请自己删那个文件夹。"
