# make run · test · lint · bench · demo
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run demo test lint format bench

help: ## 列出可用的命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-8s %s\n", $$1, $$2 }'

run: $(VENV)/.runtime ## 安装所需组件并打开看板 http://127.0.0.1:8501
	$(BIN)/python app.py

demo: $(VENV)/.runtime ## 生成虚构的一年（约两分钟，只做一次）并打开看板
	$(BIN)/python -m zyb demo
	ZYB_DATA=data/local/demo $(BIN)/python app.py

test: $(VENV)/.tests ## 运行全部测试
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.tests ## 检查代码风格和类型
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.tests ## 统一代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.tests ## 运行性能测试
	$(BIN)/python -m tests.benchmarks

# Installed again only when the lists changed.
$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.tests: tests/requirements.txt $(VENV)/.runtime
	$(PIP) install -r tests/requirements.txt
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
